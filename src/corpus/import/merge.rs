//! Joining an imported article to its film. What a film file says already goes before what a
//! page says; every change and every difference is named.

use std::fmt;

use super::{FilmFacts, Imported, words};
use crate::corpus::{Article, Film, Slug, Source};

/// A film with an article joined to it, and what that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The film as it should be now.
    pub film: Film,
    /// What is new or kept; nothing new means nothing to write.
    pub changes: Vec<Change>,
}

impl Merged {
    /// Whether the film differs from what it was.
    pub fn is_new(&self) -> bool {
        self.changes
            .iter()
            .any(|change| !matches!(change, Change::Known { .. } | Change::Kept { .. }))
    }
}

/// One thing that joining an article did, or did not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The film is new.
    Film,
    /// The article is new, under this id.
    Article(String),
    /// The article is there already, under this id.
    Known(String),
    /// A field was missing and is filled.
    Filled {
        /// The field: "year".
        field: &'static str,
        /// What it says now.
        value: String,
    },
    /// A field says something else and stays.
    Kept {
        /// The field.
        field: &'static str,
        /// What it says.
        value: String,
        /// What the page says.
        other: String,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Film => write!(f, "a new film"),
            Self::Article(id) => write!(f, "a new article, `{id}`"),
            Self::Known(id) => write!(f, "the article is there already, `{id}`"),
            Self::Filled { field, value } => write!(f, "{field}: {value}"),
            Self::Kept {
                field,
                value,
                other,
            } => write!(f, "{field} stays {value}, though the page says {other}"),
        }
    }
}

/// The film has this article in other words, by a person's hand or an older import.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the film has this article already, `{id}`, in other words; nothing is overwritten: edit it there, or remove it from the film file and import again"
)]
pub struct Revised {
    /// The article's id.
    pub id: String,
}

/// Joins an imported article to the film it is about, if there is one.
///
/// The same article again changes nothing but fields of its source that were missing. Years,
/// directors and sources that differ stay as they are.
///
/// # Errors
/// If the film has the article in other words.
pub fn merge(existing: Option<&Film>, imported: &Imported) -> Result<Merged, Revised> {
    let Some(existing) = existing else {
        return Ok(new_film(imported));
    };
    let mut film = existing.clone();
    let mut changes = Vec::new();
    match find(&film.articles, &imported.article) {
        Found::Same(at) => {
            let article = &mut film.articles[at];
            changes.push(Change::Known(article.id.clone()));
            fill_source(&mut article.source, &imported.article.source, &mut changes);
            if article.rating.is_none()
                && let Some(rating) = imported.article.rating
            {
                article.rating = Some(rating);
                changes.push(Change::Filled {
                    field: "rating",
                    value: rating.to_string(),
                });
            }
        }
        Found::Revised(at) => {
            return Err(Revised {
                id: film.articles[at].id.clone(),
            });
        }
        Found::None => {
            let mut article = imported.article.clone();
            article.id = free_id(&article.id, &film.articles);
            changes.push(Change::Article(article.id.clone()));
            film.articles.push(article);
        }
    }
    fill_film(&mut film, &imported.film, &mut changes);
    Ok(Merged { film, changes })
}

fn new_film(imported: &Imported) -> Merged {
    let FilmFacts {
        title,
        year,
        aliases,
        directors,
        ..
    } = imported.film.clone();
    let film = Film {
        slug: Slug::derive(&title, year),
        title,
        year,
        aliases,
        directors,
        poster: None,
        popularity: 0,
        outlook: None,
        articles: vec![imported.article.clone()],
        disputes: Vec::new(),
    };
    let changes = vec![Change::Film, Change::Article(imported.article.id.clone())];
    Merged { film, changes }
}

fn fill_film(film: &mut Film, facts: &FilmFacts, changes: &mut Vec<Change>) {
    match (film.year, facts.year) {
        (None, Some(year)) => {
            // A name that came from the title alone gets the year; one of a person's own stays.
            if film.slug == Slug::derive(&film.title, None) {
                film.slug = Slug::derive(&film.title, Some(year));
            }
            film.year = Some(year);
            changes.push(Change::Filled {
                field: "year",
                value: year.to_string(),
            });
        }
        (Some(year), Some(other)) if year != other => changes.push(Change::Kept {
            field: "year",
            value: year.to_string(),
            other: other.to_string(),
        }),
        _ => {}
    }
    for alias in &facts.aliases {
        let known = std::iter::once(&film.title)
            .chain(&film.aliases)
            .any(|name| words(name) == words(alias));
        if !known {
            film.aliases.push(alias.clone());
            changes.push(Change::Filled {
                field: "alias",
                value: alias.clone(),
            });
        }
    }
    if film.directors.is_empty() && !facts.directors.is_empty() {
        film.directors.clone_from(&facts.directors);
        changes.push(Change::Filled {
            field: "director",
            value: facts.directors.join(", "),
        });
    } else if !facts.directors.is_empty()
        && words(&film.directors.join(" ")) != words(&facts.directors.join(" "))
    {
        changes.push(Change::Kept {
            field: "director",
            value: film.directors.join(", "),
            other: facts.directors.join(", "),
        });
    }
}

fn fill_source(source: &mut Source, other: &Source, changes: &mut Vec<Change>) {
    for (field, here, there) in [
        ("source", &mut source.name, &other.name),
        ("url", &mut source.url, &other.url),
        ("author", &mut source.author, &other.author),
        ("date", &mut source.published, &other.published),
        ("licence", &mut source.licence, &other.licence),
    ] {
        match (&*here, there) {
            (None, Some(value)) => {
                *here = Some(value.clone());
                changes.push(Change::Filled {
                    field,
                    value: value.clone(),
                });
            }
            (Some(value), Some(other)) if value != other => changes.push(Change::Kept {
                field,
                value: value.clone(),
                other: other.clone(),
            }),
            _ => {}
        }
    }
}

enum Found {
    None,
    /// Word for word, however it is marked.
    Same(usize),
    /// Half of its passages or more, or its address.
    Revised(usize),
}

fn find(articles: &[Article], imported: &Article) -> Found {
    let texts = passages(imported);
    let same = |article: &Article| passages(article) == texts;
    let revised = |article: &Article| {
        let there = passages(article);
        let common = texts.iter().filter(|text| there.contains(text)).count();
        let same_page = imported.source.url.is_some() && article.source.url == imported.source.url;
        same_page || common * 2 >= texts.len()
    };
    if let Some(at) = articles.iter().position(same) {
        Found::Same(at)
    } else if let Some(at) = articles.iter().position(revised) {
        Found::Revised(at)
    } else {
        Found::None
    }
}

/// The words of each passage, its label first: kinds, marks and headings may have been edited.
fn passages(article: &Article) -> Vec<Vec<String>> {
    article
        .sections
        .iter()
        .flat_map(|section| &section.passages)
        .map(|passage| {
            let mut said = passage
                .label
                .as_ref()
                .map(|label| words(label.reveal()))
                .unwrap_or_default();
            said.extend(words(passage.text.reveal()));
            said
        })
        .collect()
}

fn free_id(id: &str, articles: &[Article]) -> String {
    let taken = |id: &str| articles.iter().any(|article| article.id == id);
    if !taken(id) {
        return id.to_owned();
    }
    (2..=articles.len() + 2)
        .map(|number| format!("{id}-{number}"))
        .find(|id| !taken(id))
        .expect("more numbers than articles")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::import::{Options, recognise};

    fn imported(text: &str, options: &Options) -> Imported {
        recognise(text, options).unwrap()
    }

    fn page(title: &str, more: &str) -> String {
        let text = "The dog waits outside for eleven days, and nobody opens the door. Then the \
                    credits roll over the sound of rain.";
        format!(
            "{title}\n\n{text}\n\nWhat Happens at the End\n\nThe key turns. {more}\n\nThe rain stops at last, and the crater is quiet."
        )
    }

    #[test]
    fn another_article_gets_an_id_of_its_own() {
        let first = imported(&page("Tin Moon (1974)", "It is she."), &Options::default());
        let other = "Tin Moon Ending Explained\n\n".to_owned()
            + &"Here it is told quite otherwise, with words of its own. ".repeat(6);
        let second = imported(&other, &Options::default());

        let film = merge(None, &first).unwrap().film;
        let merged = merge(Some(&film), &second).unwrap();

        assert_eq!(
            merged.changes,
            [Change::Article("ending-explained-2".into())]
        );
        assert_eq!(merged.film.articles.len(), 2);
        assert_eq!(merged.film.year, Some(1974));
    }

    #[test]
    fn the_same_article_again_changes_nothing_however_it_was_marked() {
        let page = imported(&page("Tin Moon (1974)", "It is she."), &Options::default());
        let mut film = merge(None, &page).unwrap().film;
        film.articles[0].sections[0].heading_spoils = false;
        film.articles[0].sections[0].kind = crate::corpus::Kind::Recap;

        let merged = merge(Some(&film), &page).unwrap();

        assert!(!merged.is_new());
        assert_eq!(merged.changes, [Change::Known("ending-explained".into())]);
        assert_eq!(merged.film, film);
    }

    #[test]
    fn missing_fields_are_filled_and_others_stay() {
        let text = page("Tin Moon Ending Explained", "It is she.");
        let mut film = merge(None, &imported(&text, &Options::default()))
            .unwrap()
            .film;
        film.directors = vec!["Bo Vanter".into()];
        film.articles[0].source.name = Some("Rust Weekly".into());
        let options = Options {
            year: Some(1974),
            source: Some("Other".into()),
            licence: Some("CC0".into()),
            ..Options::default()
        };

        let merged = merge(Some(&film), &imported(&text, &options)).unwrap();

        let said: Vec<_> = merged.changes.iter().map(Change::to_string).collect();
        assert_eq!(
            said,
            [
                "the article is there already, `ending-explained`",
                "source stays Rust Weekly, though the page says Other",
                "licence: CC0",
                "year: 1974",
            ]
        );
        assert_eq!(merged.film.slug.as_str(), "tin-moon-1974");
    }

    #[test]
    fn an_article_in_other_words_is_refused() {
        let first = imported(&page("Tin Moon (1974)", "It is she."), &Options::default());
        let film = merge(None, &first).unwrap().film;

        let edited = imported(&page("Tin Moon (1974)", "It was he."), &Options::default());

        assert_eq!(
            merge(Some(&film), &edited),
            Err(Revised {
                id: "ending-explained".into()
            })
        );
    }
}
