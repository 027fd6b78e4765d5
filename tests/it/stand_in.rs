//! A small stand-in Discord on loopback: its REST routes, its gateway, and the people who use it.
//! It does what Discord does on the routes the program calls, and misbehaves on demand.
//! Everything waits on channels with a time-out; nothing sleeps.

mod answer;
mod ask;
mod gateway;
mod message;
mod people;
mod rest;
mod tests;
mod world;

use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use axum::serve::ListenerExt;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) use answer::Answer;
pub(crate) use message::{HasMessage, Message};
pub(crate) use people::{ANN, BEN, HOME, MOD, Place, User};
use world::{APPLICATION, World};
pub(crate) use world::{Fault, Request};

/// A Discord of one test's own. It goes when it is dropped.
pub(crate) struct StandIn {
    world: Arc<World>,
    server: JoinHandle<()>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl StandIn {
    /// Starts on a free port.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let world = Arc::new(World::new(address));
        let router = Router::new()
            .route("/gateway", any(gateway::serve))
            .route("/gateway/", any(gateway::serve))
            .fallback(rest::serve)
            .with_state(Arc::clone(&world));
        let seen = Arc::clone(&world);
        let listener = listener.tap_io(move |stream| {
            // A second handle on the socket, so that a test can cut it under the server.
            let handle = stream.as_fd().try_clone_to_owned().map(Into::into);
            if let (Ok(peer), Ok(handle)) = (stream.peer_addr(), handle) {
                seen.update(|state| state.sockets.insert(peer, handle));
            }
        });
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            axum::serve(listener, service)
                .await
                .expect("the stand-in Discord serves");
        });
        Self { world, server }
    }

    /// What the program needs in its environment to find this Discord.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("DISCORD_TOKEN", self.token()),
            ("DISCORD_PROXY", self.url()),
            ("DISCORD_APPLICATION_ID", APPLICATION.to_string()),
        ]
    }

    /// The base address, in place of `https://discord.com`.
    pub(crate) fn url(&self) -> String {
        self.world.url.clone()
    }

    /// The one token that is accepted.
    pub(crate) fn token(&self) -> String {
        self.world.token.clone()
    }

    // -- what was heard ---------------------------------------------------------------------

    /// Every request, in order of arrival.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.world.read(|state| state.requests.clone())
    }

    /// Every message body, edit, choice and modal the bot ever sent, also those refused.
    pub(crate) fn said(&self) -> Vec<Value> {
        self.requests()
            .into_iter()
            .filter(Request::says_something)
            .map(|request| request.body)
            .collect()
    }

    /// The commands as they are registered now, with everything Discord adds.
    pub(crate) fn commands(&self) -> Vec<Value> {
        self.world.read(|state| state.commands.clone())
    }

    /// How often the set of commands was written.
    pub(crate) fn registrations(&self) -> usize {
        self.world.read(|state| state.registrations)
    }

    /// Waits until commands are registered, and gives them.
    pub(crate) async fn registered(&self) -> Vec<Value> {
        self.world
            .wait("commands to be registered", |state| {
                (!state.commands.is_empty()).then(|| state.commands.clone())
            })
            .await
    }

    /// Waits until a bot is on the gateway, identified or resumed.
    pub(crate) async fn ready(&self) {
        self.world
            .wait("a bot on the gateway", |state| {
                state.live_session().map(|_| ())
            })
            .await;
    }

    /// Waits until there were this many IDENTIFYs that Discord took.
    pub(crate) async fn identified(&self, times: usize) {
        let what = format!("{times} IDENTIFY");
        self.world
            .wait(&what, |state| (state.identifies >= times).then_some(()))
            .await;
    }

    /// Waits until there were this many RESUMEs that Discord took.
    pub(crate) async fn resumed(&self, times: usize) {
        let what = format!("{times} RESUME");
        self.world
            .wait(&what, |state| (state.resumes >= times).then_some(()))
            .await;
    }

    /// Waits until no bot is on the gateway, and gives the close code it left with.
    pub(crate) async fn left(&self) -> Option<u16> {
        self.world
            .wait("the bot to leave the gateway", |state| {
                state.live_session().is_none().then_some(())
            })
            .await;
        self.world.read(|state| state.left_with)
    }

    // -- misbehaviour -----------------------------------------------------------------------

    /// Makes the next `times` requests go wrong whose `METHOD /path` contains `pattern`.
    pub(crate) fn fault(&self, pattern: &str, times: usize, fault: Fault) {
        self.world.update(|state| {
            for _ in 0..times {
                state.faults.push((pattern.to_owned(), fault));
            }
        });
    }

    /// Waits until every fault that was asked for has come to pass.
    pub(crate) async fn went_wrong(&self) {
        self.world
            .wait("the faults to come to pass", |state| {
                state.faults.is_empty().then_some(())
            })
            .await;
    }

    /// Asks the bot to reconnect (op 7), as Discord does several times a day.
    pub(crate) fn ask_to_reconnect(&self) {
        self.world.send_all(&json!({ "op": 7, "d": null }));
    }

    /// Tells the bot that its session is invalid (op 9).
    pub(crate) fn invalidate(&self, resumable: bool) {
        self.world.update(|state| {
            for session in &mut state.sessions {
                session.expired |= !resumable;
            }
        });
        self.world.send_all(&json!({ "op": 9, "d": resumable }));
    }

    /// Cuts every gateway connection without a goodbye. Sessions can be resumed.
    pub(crate) fn cut(&self) {
        self.world.cut_gateway();
    }

    /// How long a wait lasts before it fails the test.
    pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
}
