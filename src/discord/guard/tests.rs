use serde_json::json;

use super::*;

const PLOT: &str = "The butler was the twin brother all along and burns the house";

fn leaks(body: &Value) -> Vec<Leak> {
    let spoilers = [
        Spoiler::new(PLOT),
        Spoiler::new("The Wedding Ring"),
        Spoiler::new("Igor"),
    ];
    let secrets = Secrets {
        spoilers: &spoilers.iter().collect::<Vec<_>>(),
        allowed: &["The Butler Was the Best", "Anora (2024)"],
        ..Secrets::default()
    };
    guard(body, &secrets).err().unwrap_or_default()
}

fn message(data: Value) -> Value {
    let mut data = data;
    data["allowed_mentions"] = json!({"parse": []});
    json!({"type": 4, "data": data})
}

fn words(path: &str, words: usize) -> Vec<Leak> {
    vec![Leak::Words {
        path: path.into(),
        words,
    }]
}

#[test]
fn a_covered_answer_passes() {
    let body = message(json!({
        "content": "Anora (2024), covered",
        "embeds": [{
            "title": "Anora (2024)",
            "url": "https://example.org/anora",
            "description": format!("**1 of 2**\n||{PLOT}||\n||The Wedding Ring||"),
            "fields": [{"name": "Characters, 1 of 3", "value": "||Igor|| ||drives||"}],
            "footer": {"text": "Example Gazette"}
        }],
        "components": [{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Next", "custom_id": "ending:anora-2024:0.1:abcdef"}
        ]}]
    }));

    assert_eq!(leaks(&body), []);
}

#[test]
fn four_words_in_a_row_leak_on_every_surface() {
    let z = "so the but\u{200b}ler WÁS the, twin";
    for (data, path) in [
        (json!({"content": z}), "data.content"),
        (json!({"embeds": [{"title": z}]}), "data.embeds[0].title"),
        (
            json!({"embeds": [{"description": z}]}),
            "data.embeds[0].description",
        ),
        (
            json!({"embeds": [{"author": {"name": z}}]}),
            "data.embeds[0].author.name",
        ),
        (
            json!({"embeds": [{"footer": {"text": z}}]}),
            "data.embeds[0].footer.text",
        ),
        (
            json!({"embeds": [{"fields": [{"name": z, "value": "x"}]}]}),
            "data.embeds[0].fields[0].name",
        ),
        (
            json!({"embeds": [{"fields": [{"name": "x", "value": z}]}]}),
            "data.embeds[0].fields[0].value",
        ),
        (
            json!({"embeds": [{"image": {"url": "https://x.y/butler%20was%20the%20twin.jpg"}}]}),
            "data.embeds[0].image.url",
        ),
        (
            json!({"embeds": [{"url": "https://x.y/butler-was-the-twin"}]}),
            "data.embeds[0].url",
        ),
        (
            json!({"embeds": [{"description": "[read](https://x.y/butler-was-the-twin)"}]}),
            "data.embeds[0].description",
        ),
        (
            json!({"embeds": [{"description": "[read](https://x.y/butler+was+the+twin)"}]}),
            "data.embeds[0].description",
        ),
        (
            json!({"components": [{"type": 1, "components": [{"type": 2, "label": z}]}]}),
            "data.components[0].components[0].label",
        ),
        (
            json!({"components": [{"type": 1, "components": [{"type": 2, "label": "x", "custom_id": "butler:was:the:twin"}]}]}),
            "data.components[0].components[0].custom_id",
        ),
        (
            json!({"components": [{"type": 3, "placeholder": z}]}),
            "data.components[0].placeholder",
        ),
        (
            json!({"components": [{"type": 3, "options": [{"label": z, "value": "v"}]}]}),
            "data.components[0].options[0].label",
        ),
        (
            json!({"components": [{"type": 3, "options": [{"label": "l", "value": z}]}]}),
            "data.components[0].options[0].value",
        ),
        (
            json!({"components": [{"type": 3, "options": [{"label": "l", "description": z}]}]}),
            "data.components[0].options[0].description",
        ),
        (
            json!({"components": [{"type": 17, "spoiler": true, "components": [{"type": 10, "content": z}]}]}),
            "data.components[0].components[0].content",
        ),
        (
            json!({"attachments": [{"filename": z}]}),
            "data.attachments[0].filename",
        ),
        (
            json!({"attachments": [{"description": z}]}),
            "data.attachments[0].description",
        ),
        (
            json!({"poll": {"question": {"text": z}}}),
            "data.poll.question.text",
        ),
        (
            json!({"poll": {"answers": [{"poll_media": {"text": z}}]}}),
            "data.poll.answers[0].poll_media.text",
        ),
        (json!({"something": {"new": [z]}}), "data.something.new[0]"),
    ] {
        assert_eq!(leaks(&message(data.clone())), words(path, 4), "{data}");
    }
}

#[test]
fn the_address_of_a_covered_link_is_covered() {
    let covered = "||[read](<https://x.y/butler+was+the+twin>)||";

    let data = json!({"embeds": [{"description": covered}]});

    assert_eq!(leaks(&message(data)), []);
}

#[test]
fn marks_inside_words_do_not_disguise_them() {
    for (data, path) in [
        (
            json!({"embeds": [{"title": "but**ler** was the twin"}]}),
            "data.embeds[0].title",
        ),
        (
            json!({"content": "but__ler__ was the t*w*in"}),
            "data.content",
        ),
        (
            json!({"content": "but||x||ler was the twin"}),
            "data.content",
        ),
        (
            json!({"content": "butler ||x|| was ||y||the twin"}),
            "data.content",
        ),
        (json!({"content": "butler_was_the_twin"}), "data.content"),
        (
            json!({"content": "- but**ler**\n\n  was the twin"}),
            "data.content",
        ),
    ] {
        assert_eq!(leaks(&message(data.clone())), words(path, 4), "{data}");
    }
}

#[test]
fn choices_modals_and_threads_are_judged_without_mentions() {
    let z = "so butler was the twin";
    for (body, path) in [
        (
            json!({"type": 8, "data": {"choices": [{"name": z, "value": "v"}]}}),
            "data.choices[0].name",
        ),
        (
            json!({"type": 8, "data": {"choices": [{"name": "n", "value": z}]}}),
            "data.choices[0].value",
        ),
        (
            json!({"choices": [{"name": z, "value": "v"}]}),
            "choices[0].name",
        ),
        (
            json!({"type": 9, "data": {"title": z, "custom_id": "m", "components": []}}),
            "data.title",
        ),
        (
            json!({"type": 9, "data": {"title": "t", "custom_id": "m", "components": [
                {"type": 1, "components": [{"type": 4, "label": "l", "value": z}]}]}}),
            "data.components[0].components[0].value",
        ),
        (json!({"name": z, "type": 11}), "name"),
    ] {
        assert_eq!(leaks(&body), words(path, 4), "{body}");
    }
    assert_eq!(leaks(&json!({"type": 5, "data": {"flags": 64}})), []);
    assert_eq!(leaks(&json!({"type": 6})), []);
    assert_eq!(leaks(&json!({"type": 8, "data": {"choices": []}})), []);
}

#[test]
fn short_spoilers_leak_whole_and_single_words_unless_public() {
    let body = |text: &str| message(json!({"content": text}));

    assert_eq!(leaks(&body("a ring at the wedding")), []);
    assert_eq!(leaks(&body("the wedding ring")), words("data.content", 3));
    assert_eq!(leaks(&body("about IGOR")), words("data.content", 1));
    let spoiler = Spoiler::new("Igor");
    let secrets = Secrets {
        spoilers: &[&spoiler],
        words: &["igor"],
        ..Secrets::default()
    };
    assert_eq!(guard(&body("about IGOR"), &secrets), Ok(()));
    let secrets = Secrets {
        spoilers: &[&spoiler],
        allowed: &["Igor (1987)"],
        ..Secrets::default()
    };
    assert_eq!(guard(&body("about IGOR"), &secrets), Ok(()));
}

#[test]
fn a_run_inside_one_public_text_is_none() {
    let body = |text: &str| message(json!({"content": text}));

    assert_eq!(leaks(&body("the butler was the best")), []);
    assert_eq!(
        leaks(&body("the butler was the twin")),
        words("data.content", 4)
    );
}

#[test]
fn a_run_over_neighbouring_texts_leaks_unless_each_part_is_public() {
    let body = |title: &str, description: &str| {
        message(json!({"embeds": [{"description": description, "title": title}]}))
    };
    let across = Leak::Across {
        path: "data.embeds[0].title".into(),
        next: "data.embeds[0].description".into(),
        words: 4,
    };

    assert_eq!(leaks(&body("twin brother", "all along")), [across]);
    assert_eq!(leaks(&body("The Butler", "Was the Best")), []);
}

#[test]
fn words_behind_a_broken_cover_leak() {
    for text in [
        "||x `a || butler was the twin` b||",
        "# ||a\nbutler was the twin||",
        "https://x.y/||butler+was+the+twin||",
        "**a ||b** butler was the twin||",
        "- ||a\n- butler was the twin||",
    ] {
        let body = message(json!({"embeds": [{"description": text}]}));

        let path = "data.embeds[0].description".to_owned();
        assert!(
            leaks(&body).contains(&Leak::Words { path, words: 4 }),
            "{text:?}"
        );
    }
}

#[test]
fn bars_that_are_seen_leak() {
    for (data, path) in [
        (json!({"content": "a || b"}), "data.content"),
        (
            json!({"embeds": [{"title": "||a||"}]}),
            "data.embeds[0].title",
        ),
        (
            json!({"embeds": [{"fields": [{"name": "||a||", "value": "b"}]}]}),
            "data.embeds[0].fields[0].name",
        ),
        (
            json!({"embeds": [{"footer": {"text": "||a||"}}]}),
            "data.embeds[0].footer.text",
        ),
        (
            json!({"embeds": [{"description": "||a||b||"}]}),
            "data.embeds[0].description",
        ),
        (
            json!({"embeds": [{"description": "[a](https://x.y/||b||)"}]}),
            "data.embeds[0].description",
        ),
        (
            json!({"components": [{"type": 2, "label": "a |\u{200b}| b"}]}),
            "data.components[0].label",
        ),
    ] {
        assert_eq!(
            leaks(&message(data.clone())),
            [Leak::Bars { path: path.into() }],
            "{data}"
        );
    }
    assert_eq!(
        leaks(&message(
            json!({"content": "||a||", "components": [{"custom_id": "a||b"}]})
        )),
        []
    );
}

#[test]
fn a_lifted_cover_is_private_says_why_and_stays_in_the_embed() {
    let spoiler = Spoiler::new(PLOT);
    let judge = |data: Value| {
        let secrets = Secrets {
            spoilers: &[&spoiler],
            lifted: Some("You have seen it."),
            ..Secrets::default()
        };
        guard(&message(data), &secrets).err().unwrap_or_default()
    };
    let embed = |footer: &str| json!([{"description": PLOT, "footer": {"text": footer}}]);
    let why = "Open, because you have seen it";

    assert_eq!(judge(json!({"flags": 64, "embeds": embed(why)})), []);
    assert_eq!(
        judge(json!({"flags": 64, "content": why, "embeds": embed("x")})),
        []
    );
    assert_eq!(judge(json!({"embeds": embed(why)})), [Leak::NotPrivate]);
    assert_eq!(
        judge(json!({"flags": 64, "embeds": embed("x")})),
        [Leak::NoReason]
    );
    assert_eq!(
        judge(json!({"flags": 64, "content": "||You have seen it.||", "embeds": embed("x")})),
        [Leak::NoReason]
    );
    assert_eq!(
        judge(json!({"flags": 64, "content": why, "embeds": embed("the twin brother all")})),
        words("data.embeds[0].footer.text", 4)
    );
    assert_eq!(
        judge(json!({"flags": 64, "content": why, "components": [{"label": PLOT}]})),
        words("data.components[0].label", 4)
    );
}

#[test]
fn messages_mention_nobody() {
    let leak = |path: &str| vec![Leak::Mentions { path: path.into() }];

    assert_eq!(
        leaks(&json!({"type": 4, "data": {"content": "a"}})),
        leak("data.allowed_mentions")
    );
    assert_eq!(
        leaks(&json!({"type": 7, "data": {}})),
        leak("data.allowed_mentions")
    );
    assert_eq!(leaks(&json!({"embeds": []})), leak("allowed_mentions"));
    assert_eq!(
        leaks(&json!({"name": "x", "message": {"content": "a"}})),
        leak("message.allowed_mentions")
    );
    for allowed in [
        json!({}),
        json!(null),
        json!({"parse": ["users"]}),
        json!({"parse": [], "users": ["1"]}),
    ] {
        assert_eq!(
            leaks(&json!({"content": "a", "allowed_mentions": allowed})),
            leak("allowed_mentions")
        );
    }
    let fine = json!({"parse": [], "replied_user": false});
    assert_eq!(
        leaks(&json!({"content": "a", "allowed_mentions": fine})),
        []
    );
}

#[test]
fn messages_are_not_read_aloud_nor_robbed_of_their_embeds() {
    let body = message(json!({"tts": true, "flags": 4, "embeds": [{"title": "a"}]}));

    let expected = [
        Leak::Suppressed {
            path: "data.flags".into(),
        },
        Leak::Aloud {
            path: "data.tts".into(),
        },
    ];
    assert_eq!(leaks(&body), expected);
}

#[test]
fn addresses_in_the_content_unfurl_unless_bracketed() {
    let judge = |content: &str| leaks(&message(json!({"content": content})));
    let unfurls = [Leak::Unfurls {
        path: "data.content".into(),
    }];

    assert_eq!(judge("see <https://x.y/z>."), []);
    assert_eq!(judge("[a](<https://x.y/z>)"), []);
    for content in [
        "see https://x.y",
        "HTTP://x.y",
        "||https://x.y ||",
        "[a](https://x.y/z)",
        "<https://x.y",
        "<https://x.y z>",
        "< https://x.y>",
    ] {
        assert_eq!(judge(content), unfurls, "{content}");
    }
    assert_eq!(
        leaks(&message(
            json!({"embeds": [{"description": "https://x.y"}]})
        )),
        []
    );
}

#[test]
fn leaks_say_where_but_not_what() {
    let body = message(json!({"content": "butler was the twin || wedding"}));

    let said: Vec<String> = leaks(&body).iter().map(ToString::to_string).collect();

    assert_eq!(
        said,
        [
            "`data.content` shows spoiler bars as text",
            "`data.content` shows 4 words in a row of a spoiler"
        ]
    );
}
