//! The gateway's own troubles: what is asked meanwhile is answered.

use serde_json::json;

use super::Served;

async fn assert_answers(served: &Served) {
    let answer = served.discord.command("films", json!({})).await;
    assert!(answer.text().contains("5 films"));
}

#[tokio::test]
async fn what_is_asked_during_a_cut_is_answered_after_it() {
    let served = Served::start().await;

    served.discord.cut();

    assert_answers(&served).await;
    served.discord.resumed(1).await;
    served.stop().await;
}

#[tokio::test]
async fn a_call_to_reconnect_is_followed() {
    let served = Served::start().await;

    served.discord.ask_to_reconnect();

    served.discord.resumed(1).await;
    assert_answers(&served).await;
    served.stop().await;
}

#[tokio::test]
async fn an_invalid_session_is_resumed_or_begun_anew() {
    let served = Served::start().await;

    served.discord.invalidate(true);
    served.discord.resumed(1).await;
    served.discord.invalidate(false);

    served.discord.identified(2).await;
    assert_answers(&served).await;
    assert_eq!(served.discord.registrations(), 1);
    served.stop().await;
}
