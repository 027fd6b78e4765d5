//! What came of an interaction: the callback, and everything after it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::message::{HasMessage, Message};
use super::world::{Interaction, World};
use super::{StandIn, User};

/// How long the first answer may take before the test fails; Discord gives up after 3 s.
const FIRST: Duration = Duration::from_secs(5);

/// What came of one interaction. It follows what happens: ask again and see later edits.
pub(crate) struct Answer {
    world: Arc<World>,
    id: String,
    what: String,
}

impl Answer {
    pub(super) fn new(discord: &StandIn, id: String, what: String) -> Self {
        Self {
            world: Arc::clone(&discord.world),
            id,
            what,
        }
    }

    fn read<T>(&self, look: impl FnOnce(&Interaction) -> T) -> T {
        self.world.read(|state| look(&state.interactions[&self.id]))
    }

    /// Waits for the callback that Discord took.
    pub(crate) async fn acknowledged(self) -> Self {
        let what = format!("an answer to {}", self.what);
        self.world
            .wait_within(FIRST, &what, |state| {
                state.interactions[&self.id].callback.as_ref().map(|_| ())
            })
            .await;
        self
    }

    /// The callback as it was sent: `type` and `data`.
    pub(crate) fn callback(&self) -> Value {
        self.read(|interaction| interaction.callback.clone())
            .unwrap_or_else(|| panic!("{} is not answered yet", self.what))
    }

    /// The type of the callback: 4 message, 5 deferral, 6 deferred update, 7 update, 8 choices.
    pub(crate) fn kind(&self) -> u64 {
        self.callback()["type"].as_u64().unwrap_or_default()
    }

    /// The `data` of the callback.
    pub(crate) fn data(&self) -> Value {
        self.callback()["data"].clone()
    }

    /// How long the callback took.
    pub(crate) fn latency(&self) -> Duration {
        self.read(|interaction| interaction.latency)
    }

    /// The choices of an autocomplete answer, as name and value.
    pub(crate) fn choices(&self) -> Vec<(String, String)> {
        let data = self.data();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        data["choices"]
            .as_array()
            .unwrap_or_else(|| panic!("{} gave no choices: {data}", self.what))
            .iter()
            .map(|choice| (text(&choice["name"]), text(&choice["value"])))
            .collect()
    }

    /// Whether only who asked sees it.
    pub(crate) fn is_private(&self) -> bool {
        self.message().is_private()
    }

    /// All that the message says now.
    pub(crate) fn text(&self) -> String {
        self.message().text()
    }

    /// Whether its message was deleted.
    pub(crate) fn is_deleted(&self) -> bool {
        let original = self.read(|interaction| interaction.original.clone());
        let gone = |id| self.world.read(|state| !state.messages.contains_key(&id));
        original.is_some_and(gone)
    }

    /// Waits until a deferral is filled in, and gives the message.
    pub(crate) async fn settled(&self) -> Message {
        let what = format!("{} to be filled in", self.what);
        self.world
            .wait(&what, |state| {
                let interaction = &state.interactions[&self.id];
                (interaction.callback.is_some() && !interaction.loading).then_some(())
            })
            .await;
        self.message()
    }

    /// Waits for the n-th edit (from 1) through this interaction, and gives its body as sent.
    pub(crate) async fn edit(&self, n: usize) -> Value {
        let what = format!("edit {n} of {}", self.what);
        self.world
            .wait(&what, |state| {
                state.interactions[&self.id].edits.get(n - 1).cloned()
            })
            .await
    }

    /// Waits for the n-th follow-up (from 1), and gives the message.
    pub(crate) async fn follow_up(&self, n: usize) -> Message {
        let what = format!("follow-up {n} of {}", self.what);
        self.world
            .wait(&what, |state| {
                let id = state.interactions[&self.id].follow_ups.get(n - 1)?;
                Some(Message {
                    json: state.messages.get(id)?.json.clone(),
                })
            })
            .await
    }

    /// Waits until its message is deleted.
    pub(crate) async fn deleted(&self) {
        let what = format!("the message of {} to be deleted", self.what);
        self.world
            .wait(&what, |state| {
                let original = state.interactions[&self.id].original.as_ref()?;
                (!state.messages.contains_key(original)).then_some(())
            })
            .await;
    }

    /// Who asked.
    pub(crate) fn by(&self) -> User {
        self.read(|interaction| interaction.by)
    }
}

impl HasMessage for Answer {
    fn message(&self) -> Message {
        let original = self.read(|interaction| interaction.original.clone());
        let id = original.unwrap_or_else(|| panic!("{} made no message", self.what));
        let json = self
            .world
            .read(|state| state.messages.get(&id).map(|kept| kept.json.clone()));
        Message {
            json: json.unwrap_or_else(|| panic!("the message of {} is gone", self.what)),
        }
    }
}
