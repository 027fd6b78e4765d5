//! What the stand-in Discord remembers, behind one lock, and how to wait for it to change.

use std::collections::HashMap;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::StandIn;
use super::people::{Place, User};

/// The application, and its bot user.
pub(super) const APPLICATION: u64 = 1_100_000_000_000_000_001;
/// Ids that the stand-in gives out count up from here.
const FIRST_ID: u64 = 1_300_000_000_000_000_000;

/// One way for a request to go wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// 429, with `Retry-After` and `retry_after`.
    RateLimited(Duration),
    /// An error status such as 500 or 503.
    Status(u16),
    /// It is carried out and the connection cut before the answer.
    Lost,
}

/// A request as it arrived, and the status it was answered with.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Without `/api/v10`.
    pub(crate) path: String,
    /// Null if there was none.
    pub(crate) body: Value,
    /// 0 if the answer was lost.
    pub(crate) status: u16,
}

impl Request {
    pub(super) fn says_something(&self) -> bool {
        self.body.is_object()
            && (self.path.starts_with("/interactions/") || self.path.starts_with("/webhooks/"))
    }
}

/// What to do on a gateway connection.
pub(super) enum Order {
    Send(Value),
    Close(u16),
}

/// A gateway session; it outlives its connection so that it can be resumed.
pub(super) struct Session {
    pub(super) id: String,
    pub(super) events: Vec<Value>,
    pub(super) connection: Option<(SocketAddr, mpsc::UnboundedSender<Order>)>,
    pub(super) expired: bool,
}

impl Session {
    /// Sends an event, or keeps it for the next RESUME if nobody is connected.
    pub(super) fn dispatch(&mut self, event: &str, data: &Value) {
        let number = self.events.len() + 1;
        let event = json!({ "op": 0, "t": event, "s": number, "d": data });
        self.events.push(event.clone());
        if let Some((_, orders)) = &self.connection {
            let _ = orders.send(Order::Send(event));
        }
    }
}

/// One interaction and all that came of it.
pub(super) struct Interaction {
    pub(super) id: String,
    pub(super) token: String,
    /// 2 command, 3 component, 4 autocomplete, 5 modal.
    pub(super) kind: u64,
    pub(super) payload: Value,
    pub(super) by: User,
    pub(super) place: Place,
    pub(super) sent: Instant,
    pub(super) callback: Option<Value>,
    pub(super) latency: Duration,
    /// The id of the message that `@original` means.
    pub(super) original: Option<String>,
    pub(super) loading: bool,
    pub(super) edits: Vec<Value>,
    pub(super) follow_ups: Vec<String>,
}

/// A message, and what a press on it needs to know.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) json: Value,
    pub(super) by: User,
    pub(super) place: Place,
}

#[derive(Default)]
pub(super) struct State {
    ids: u64,
    pub(super) commands: Vec<Value>,
    pub(super) registrations: usize,
    pub(super) interactions: HashMap<String, Interaction>,
    pub(super) messages: HashMap<String, Kept>,
    pub(super) requests: Vec<Request>,
    pub(super) faults: Vec<(String, Fault)>,
    pub(super) sessions: Vec<Session>,
    pub(super) identifies: usize,
    pub(super) resumes: usize,
    pub(super) left_with: Option<u16>,
    pub(super) sockets: HashMap<SocketAddr, TcpStream>,
}

impl State {
    pub(super) fn id(&mut self) -> String {
        self.ids += 1;
        (FIRST_ID + self.ids).to_string()
    }

    /// The newest session that has a connection.
    pub(super) fn live_session(&self) -> Option<&Session> {
        self.sessions
            .iter()
            .rev()
            .find(|session| !session.expired && session.connection.is_some())
    }

    pub(super) fn by_token(&mut self, token: &str) -> Option<&mut Interaction> {
        self.interactions
            .values_mut()
            .find(|interaction| interaction.token == token)
    }
}

pub(super) struct World {
    pub(super) url: String,
    pub(super) gateway_url: String,
    pub(super) token: String,
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

impl World {
    pub(super) fn new(address: SocketAddr) -> Self {
        Self {
            url: format!("http://{address}"),
            gateway_url: format!("ws://{address}/gateway"),
            token: ["stand-in", "not-a-token", &address.port().to_string()].join("."),
            state: Mutex::default(),
            changed: watch::Sender::new(()),
        }
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap())
    }

    /// Changes something, and wakes who waits for it.
    pub(super) fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.state.lock().unwrap());
        self.changed.send_replace(());
        result
    }

    /// Waits until `find` finds something; fails the test when patience ends.
    pub(super) async fn wait<T>(&self, what: &str, find: impl FnMut(&State) -> Option<T>) -> T {
        self.wait_within(StandIn::PATIENCE, what, find).await
    }

    pub(super) async fn wait_within<T>(
        &self,
        patience: Duration,
        what: &str,
        mut find: impl FnMut(&State) -> Option<T>,
    ) -> T {
        let mut changes = self.changed.subscribe();
        let found = timeout(patience, async {
            loop {
                if let Some(found) = self.read(&mut find) {
                    return found;
                }
                changes.changed().await.expect("the world outlives waits");
            }
        });
        match found.await {
            Ok(found) => found,
            Err(elapsed) => panic!(
                "waited {patience:?} for {what} ({elapsed}); requests so far: {:#?}",
                self.read(|state| state
                    .requests
                    .iter()
                    .map(|r| format!("{} {} {}", r.method, r.path, r.status))
                    .collect::<Vec<_>>())
            ),
        }
    }

    pub(super) fn send_all(&self, frame: &Value) {
        self.update(|state| {
            for session in &state.sessions {
                if let Some((_, orders)) = &session.connection {
                    let _ = orders.send(Order::Send(frame.clone()));
                }
            }
        });
    }

    pub(super) fn cut_gateway(&self) {
        self.update(|state| {
            let peers: Vec<_> = state
                .sessions
                .iter_mut()
                .filter_map(|session| session.connection.take())
                .collect();
            for (peer, _) in peers {
                state.cut(peer);
            }
        });
    }
}

impl State {
    pub(super) fn cut(&self, peer: SocketAddr) {
        if let Some(socket) = self.sockets.get(&peer) {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}
