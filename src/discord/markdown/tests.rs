use super::*;

const Z: &str = "Zorblax";

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

#[test]
fn reads_what_people_write_into_a_tree() {
    let nodes = parse(
        "# Title\n**bold** *it* __u__ ~~s~~ ||c|| `x`\n- a\n- b\n  - c\n> q\n-# small\n[l](https://x.y \"t\")",
        Flavour::Full,
    );

    let expected = vec![
        Node::Heading {
            level: 1,
            content: vec![text("Title")],
        },
        Node::Bold(vec![text("bold")]),
        text(" "),
        Node::Italic(vec![text("it")]),
        text(" "),
        Node::Underline(vec![text("u")]),
        text(" "),
        Node::Strike(vec![text("s")]),
        text(" "),
        Node::Spoiler(vec![text("c")]),
        text(" "),
        Node::Code("x".into()),
        Node::LineBreak,
        Node::List {
            start: None,
            items: vec![
                vec![text("a")],
                vec![
                    text("b"),
                    Node::LineBreak,
                    Node::List {
                        start: None,
                        items: vec![vec![text("c")]],
                    },
                ],
            ],
        },
        Node::Quote(vec![text("q"), Node::LineBreak]),
        Node::Subtext(vec![text("small")]),
        Node::Link {
            label: vec![text("l")],
            target: "https://x.y".into(),
            title: Some("t".into()),
        },
    ];
    assert_eq!(nodes, expected);
}

#[test]
fn reads_mentions_times_and_emoji() {
    let nodes = parse(
        "<@1><@!2><@&3><#4></corpus reload:5><id:browse>@here<t:-7:R><a:wave:8><https://x.y>https://z.y.",
        Flavour::Full,
    );

    let id = |id: &str| id.to_owned();
    let expected = vec![
        Node::Mention(Mention::User { id: id("1") }),
        Node::Mention(Mention::User { id: id("2") }),
        Node::Mention(Mention::Role { id: id("3") }),
        Node::Mention(Mention::Channel { id: id("4") }),
        Node::Mention(Mention::Command {
            name: "corpus reload".into(),
            id: id("5"),
        }),
        Node::Mention(Mention::Page {
            name: "browse".into(),
        }),
        Node::Mention(Mention::Here),
        Node::Timestamp {
            seconds: -7,
            style: Some('R'),
        },
        Node::Emoji {
            name: "wave".into(),
            id: id("8"),
            animated: true,
        },
        Node::Autolink("https://x.y".into()),
        Node::Url("https://z.y".into()),
        text("."),
    ];
    assert_eq!(nodes, expected);
}

#[test]
fn the_tree_serializes_for_the_preview_page() {
    let nodes = parse("**a** ||b||\n```rs\nc\n```<@1>", Flavour::Full);

    let json = serde_json::to_value(&nodes).expect("a tree is JSON");

    let expected = serde_json::json!([
        {"node": "bold", "of": [{"node": "text", "of": "a"}]},
        {"node": "text", "of": " "},
        {"node": "spoiler", "of": [{"node": "text", "of": "b"}]},
        {"node": "line_break"},
        {"node": "code_block", "of": {"language": "rs", "text": "c"}},
        {"node": "mention", "of": {"mention": "user", "id": "1"}},
    ]);
    assert_eq!(json, expected);
}

#[test]
fn headings_are_off_in_field_values_and_blocks_in_titles() {
    let source = "# a\n- **b**";

    assert_eq!(
        parse(source, Flavour::FieldValue)[..2],
        [text("# a"), Node::LineBreak]
    );
    assert_eq!(
        parse(source, Flavour::Inline),
        [
            text("# a"),
            Node::LineBreak,
            text("- "),
            Node::Bold(vec![text("b")])
        ]
    );
    assert_eq!(
        parse(source, Flavour::Plain),
        [text("# a"), Node::LineBreak, text("- **b**")]
    );
}

/// What is hidden in every reading.
#[test]
fn hides_what_every_parser_hides() {
    for source in [
        "a ||Z|| b",
        "|||Z|||",
        "||||Z||||",
        "\\\\||Z||",
        "||`Z`||",
        "||```\nZ\n```||",
        "**||Z||**",
        "||**Z**||",
        "__~~***||Z||***~~__",
        "||a\nZ||",
        "||a\n\nZ||",
        "# ||Z||",
        "-# ||Z||",
        "||# a\nZ||",
        "- ||Z||\n- b",
        "||- a\n- Z||",
        "> ||Z||",
        "> ||a\n> Z||",
        ">>> ||a\nZ||",
        "||\n> Z\n||",
        "||https://example.com/Z||",
        "[||Z||](https://example.com)",
        "||[Z](https://example.com)||",
        "<@123456789012345678>||Z||",
        "\u{200b}||Z||\u{200b}",
        "@everyone||Z||",
        ":a||Z||b:",
        "¯\\_(ツ)_/¯ ||Z||",
        "<t:1618953630:R>||Z||",
        "||a\r\nZ||",
        "-\t||Z||",
        "| a | b ||Z|| c |",
    ] {
        let source = source.replace('Z', Z);

        assert!(hidden(&source, Flavour::Full).contains(Z), "{source:?}");
        assert!(!shown(&source, Flavour::Full).contains(Z), "{source:?}");
    }
}

/// From the same list: what at least one parser shows.
#[test]
fn shows_what_any_parser_shows() {
    for source in [
        "a Z b",
        "a ||Z",
        "Z|| b",
        "||a|| Z ||b",
        "|Z|",
        "| |Z| |",
        "\\||Z||",
        "\\|\\|Z\\|\\|",
        "||a\\|| Z||",
        "`||` Z",
        "`||Z||`",
        "```\n||Z||\n```",
        "||a `x||Z` b||",
        "||```\nif a || Z\n```||",
        "**The ||killer** is Z||",
        "||The **killer|| is Z**",
        "_a ||b_ Z||",
        "~~a ||b~~ Z||",
        "# ||a\nZ||",
        "-# ||a\nZ||",
        "- ||a\n- Z||",
        "1. ||a\n2. Z||",
        "> ||a\nZ||",
        "https://example.com/||Z||",
        "<https://example.com/||Z||>",
        "||see https://example.com/a||Z||",
        "||[a](https://example.com/||Z)",
        "|\u{200b}|Z|\u{200b}|",
        "||Z|\u{2060}| b",
        "\u{ff5c}\u{ff5c}Z\u{ff5c}\u{ff5c}",
        "\u{2016}Z\u{2016}",
        "|||| Z",
    ] {
        let source = source.replace('Z', Z);

        assert!(shown(&source, Flavour::Full).contains(Z), "{source:?}");
    }
    assert!(shown("Zor**blax**", Flavour::Full).contains(Z));
    assert!(shown("Zor||x||blax", Flavour::Full).contains(Z));
}

#[test]
fn covers_count_for_nothing_where_they_are_not_documented() {
    for flavour in [Flavour::Inline, Flavour::Plain] {
        assert!(shown("||Zorblax||", flavour).contains(Z));
        assert_eq!(hidden("||Zorblax||", flavour), "");
    }
}

#[test]
fn hostile_texts_take_little_time() {
    let deep: String = (0..80)
        .flat_map(|n| [" ".repeat(n), "- a\n".into()])
        .collect();
    let mut sources: Vec<String> = [
        "|",
        "*",
        "_",
        "`",
        "~",
        "[",
        "[a](",
        "<",
        "> ",
        "# ",
        "- ",
        "\\",
        "https://a.b/(",
        " ",
        "\n",
        "||a",
        "**a ",
        "*a ",
        "_a_b",
        "- a\n",
        "[[]](",
        "a  ",
        "(",
        "`a``b```",
        "]",
        "[](()",
        "```a",
        "<a:/",
        "__a **b ",
        "~~a ||b ",
        "[a](b '",
        "- a\n\n",
        ">>> ",
        "\\*",
        "||- ",
        "1. - ",
        "\t",
    ]
    .iter()
    .map(|piece| piece.chars().cycle().take(4_000).collect())
    .collect();
    sources.push(deep.chars().take(4_000).collect());

    let mut slowest = (std::time::Duration::ZERO, "");
    for source in &sources {
        let start = std::time::Instant::now();
        shown(source, Flavour::Full);
        slowest = slowest.max((start.elapsed(), source));
    }

    // Built for tests and on a busy machine; a release takes well under 5 ms.
    let start = slowest.1.chars().take(12).collect::<String>();
    assert!(
        slowest.0.as_millis() < 500,
        "{:?} for {start:?}…",
        slowest.0
    );
}

/// Texts of hostile pieces, the same in every run.
fn hostile(count: u64) -> impl Iterator<Item = String> {
    const PIECES: [&str; 32] = [
        "||",
        "|",
        "**",
        "*",
        "_",
        "__",
        "~~",
        "`",
        "```",
        "\n",
        "- ",
        "1. ",
        "> ",
        ">>> ",
        "# ",
        "-# ",
        "\\",
        " ",
        "a",
        "b ",
        "[",
        "](https://x.y)",
        "https://x.y/",
        "<https://x.y>",
        "<@1>",
        "<t:1:R>",
        "\t",
        "\r\n",
        "\u{200b}",
        "\u{202e}",
        "é日",
        "¯\\_(ツ)_/¯",
    ];
    (1..=count).map(|seed| {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut below = |n: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 33) as usize % n
        };
        let length = 1 + below(30);
        (0..length).map(|_| PIECES[below(PIECES.len())]).collect()
    })
}

/// As a renderer covers a paragraph: rules 4 and 5 of the design's section 4.
fn covered(text: &str) -> String {
    let mut cover = String::from("||");
    for c in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if c == '|' {
            cover.push('¦');
        } else {
            if c.is_ascii_punctuation() {
                cover.push('\\');
            }
            cover.push(c);
        }
    }
    cover + "||"
}

#[test]
fn reading_any_text_loses_no_words() {
    for source in hostile(3_000) {
        let mut drawn = String::new();
        draw(&parse(&source, Flavour::Full), &mut drawn);
        let letters = |text: &str| text.chars().filter(|c| "aé日".contains(*c)).count();

        let labels = letters(&source) - letters(&drawn);

        assert_eq!(labels, 0, "{source:?} is drawn as {drawn:?}");
        for flavour in [Flavour::FieldValue, Flavour::Inline, Flavour::Plain] {
            parse(&source, flavour);
            let all = shown(&source, flavour) + &hidden(&source, flavour);
            assert!(letters(&all) >= letters(&source), "{source:?}");
        }
    }
}

fn draw(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) | Node::Code(text) | Node::Url(text) | Node::Autolink(text) => {
                out.push_str(text);
            }
            Node::CodeBlock { language, text } => {
                out.push_str(language.as_deref().unwrap_or_default());
                out.push_str(text);
            }
            Node::Bold(nodes)
            | Node::Italic(nodes)
            | Node::Underline(nodes)
            | Node::Strike(nodes)
            | Node::Spoiler(nodes)
            | Node::Subtext(nodes)
            | Node::Quote(nodes)
            | Node::Heading { content: nodes, .. } => draw(nodes, out),
            Node::Link { label, target, .. } => {
                draw(label, out);
                out.push_str(target);
            }
            Node::List { items, .. } => items.iter().for_each(|item| draw(item, out)),
            Node::LineBreak => out.push('\n'),
            Node::Mention(_) | Node::Timestamp { .. } | Node::Emoji { .. } => {}
        }
    }
}

#[test]
fn a_well_made_cover_hides_any_text_in_every_reading() {
    for text in hostile(2_000) {
        let source = format!(
            "**Themes, 2 of 4**\n{}\n{}",
            covered(&format!("{text} {Z}")),
            covered("b")
        );

        assert_eq!(
            shown(&source, Flavour::Full).replace(['\n', ' ', '*'], ""),
            "Themes,2of4".repeat(readings(&source, Flavour::Full).len()),
            "{source:?}"
        );
        assert!(hidden(&source, Flavour::Full).contains(Z), "{source:?}");
    }
}
