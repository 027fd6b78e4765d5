//! The gateway: HELLO, IDENTIFY, heartbeats and RESUME over a websocket.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use axum::extract::{ConnectInfo, State, WebSocketUpgrade};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::rest::bot_json;
use super::world::{APPLICATION, Order, Session, World};

pub(super) async fn serve(
    State(world): State<Arc<World>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| connection(socket, peer, world))
}

async fn connection(mut socket: WebSocket, peer: SocketAddr, world: Arc<World>) {
    let (orders, mut inbox) = unbounded_channel();
    let hello = json!({ "op": 10, "d": { "heartbeat_interval": 41_250 }, "s": null, "t": null });
    let _ = orders.send(Order::Send(hello));
    loop {
        tokio::select! {
            Some(order) = inbox.recv() => {
                let (message, last) = match order {
                    Order::Send(frame) => (Message::Text(frame.to_string().into()), false),
                    Order::Close(code) => {
                        let reason = "closed by the stand-in".into();
                        (Message::Close(Some(CloseFrame { code, reason })), true)
                    }
                };
                if socket.send(message).await.is_err() || last {
                    break;
                }
            }
            frame = socket.recv() => match frame {
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                    Ok(frame) => hear(&world, &frame, peer, &orders),
                    Err(_) => drop(orders.send(Order::Close(4002))),
                },
                // Reading on sends the goodbye back, as Discord does; then nothing more comes.
                Some(Ok(Message::Close(frame))) => {
                    log_off(&world, peer, frame.map(|frame| frame.code));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            },
        }
    }
    world.update(|state| {
        for session in &mut state.sessions {
            session.connection.take_if(|(theirs, _)| *theirs == peer);
        }
        // The second handle would keep the connection open.
        state.cut(peer);
        state.sockets.remove(&peer);
    });
}

/// Codes 1000 and 1001 end a session; after any other it can be resumed.
fn log_off(world: &World, peer: SocketAddr, code: Option<u16>) {
    world.update(|state| {
        state.left_with = code;
        for session in &mut state.sessions {
            let mine = matches!(&session.connection, Some((theirs, _)) if *theirs == peer);
            session.expired |= mine && matches!(code, Some(1000 | 1001));
        }
    });
}

fn hear(world: &World, frame: &Value, peer: SocketAddr, orders: &UnboundedSender<Order>) {
    let answer = match frame["op"].as_u64() {
        Some(1) => Some(Order::Send(
            json!({ "op": 11, "d": null, "s": null, "t": null }),
        )),
        Some(2) => identify(world, &frame["d"], peer, orders),
        Some(6) => resume(world, &frame["d"], peer, orders),
        Some(3 | 4 | 8) => None,
        _ => Some(Order::Close(4001)),
    };
    if let Some(answer) = answer {
        let _ = orders.send(answer);
    }
}

fn token_is_right(world: &World, data: &Value) -> bool {
    let token = data["token"].as_str().unwrap_or_default();
    token.strip_prefix("Bot ").unwrap_or(token) == world.token
}

fn identify(
    world: &World,
    data: &Value,
    peer: SocketAddr,
    orders: &UnboundedSender<Order>,
) -> Option<Order> {
    if !token_is_right(world, data) {
        return Some(Order::Close(4004));
    }
    // Bits 1, 8 and 15 are privileged; nobody enabled them for this application.
    if data["intents"].as_u64().unwrap_or_default() & (1 << 1 | 1 << 8 | 1 << 15) != 0 {
        return Some(Order::Close(4014));
    }
    world.update(|state| {
        state.identifies += 1;
        for old in &mut state.sessions {
            old.expired = true;
        }
        let mut session = Session {
            id: format!("session-{}", state.identifies),
            events: Vec::new(),
            connection: Some((peer, orders.clone())),
            expired: false,
        };
        let ready = json!({
            "v": 10, "user": bot_json(), "session_id": session.id, "session_type": "normal",
            "resume_gateway_url": world.gateway_url, "shard": [0, 1], "guilds": [],
            "application": { "id": APPLICATION.to_string(), "flags": 0 },
            "user_settings": {}, "relationships": [], "private_channels": [], "presences": [],
            "guild_join_requests": [], "geo_ordered_rtc_regions": [], "_trace": [],
        });
        session.dispatch("READY", &ready);
        state.sessions.push(session);
    });
    None
}

fn resume(
    world: &World,
    data: &Value,
    peer: SocketAddr,
    orders: &UnboundedSender<Order>,
) -> Option<Order> {
    if !token_is_right(world, data) {
        return Some(Order::Close(4004));
    }
    let seen = data["seq"].as_u64().unwrap_or_default();
    world.update(|state| {
        let session = state
            .sessions
            .iter_mut()
            .find(|session| data["session_id"] == *session.id && !session.expired);
        let Some(session) = session else {
            return Some(Order::Send(
                json!({ "op": 9, "d": false, "s": null, "t": null }),
            ));
        };
        session.connection = Some((peer, orders.clone()));
        for event in &session.events {
            if event["s"].as_u64() > Some(seen) {
                let _ = orders.send(Order::Send(event.clone()));
            }
        }
        session.dispatch("RESUMED", &json!({ "_trace": [] }));
        state.resumes += 1;
        None
    })
}
