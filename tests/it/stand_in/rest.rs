//! The REST routes under `/api/v10`, and the faults that tests ask for.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::message::{self, merge};
use super::people::{ANN, HOME, Place};
use super::world::{APPLICATION, Fault, Request, State as WorldState, World};

/// From the interaction to its first answer.
const DEADLINE: Duration = Duration::from_secs(3);

/// A status and a body (null for none).
type Reply = (u16, Value);

pub(super) fn bot_json() -> Value {
    json!({
        "id": APPLICATION.to_string(), "username": "last-reel", "discriminator": "0000",
        "global_name": null, "avatar": null, "bot": true, "verified": true, "email": null,
        "mfa_enabled": false, "flags": 0, "public_flags": 0,
    })
}

fn error(status: u16, code: u64, message: &str) -> Reply {
    (status, json!({ "code": code, "message": message }))
}

pub(super) async fn serve(
    State(world): State<Arc<World>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path().replace("%40", "@");
    let Some(path) = path.strip_prefix("/api/v10") else {
        return respond(error(404, 0, "404: Not Found"));
    };
    let mut request = Request {
        method: method.to_string(),
        path: path.to_owned(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        status: 0,
    };
    let authorised = headers
        .get(header::AUTHORIZATION)
        .is_some_and(|value| *value == format!("Bot {}", world.token));
    let (reply, fault) = world.update(|state| {
        let called = format!("{method} {path}");
        let fault = state
            .faults
            .iter()
            .position(|(pattern, _)| called.contains(pattern))
            .map(|position| state.faults.remove(position).1);
        let reply = match fault {
            Some(Fault::RateLimited(after)) => (
                429,
                json!({
                    "message": "You are being rate limited.", "retry_after": after.as_secs_f64(),
                    "global": false,
                }),
            ),
            Some(Fault::Status(status)) => error(status, 0, "an injected fault"),
            Some(Fault::Lost) | None if body.is_empty() || !request.body.is_null() => {
                route(&world, state, &request, &uri, authorised)
            }
            _ => error(400, 50109, "The request body contains invalid JSON."),
        };
        if !matches!(fault, Some(Fault::Lost)) {
            request.status = reply.0;
        }
        state.requests.push(request);
        if matches!(fault, Some(Fault::Lost)) {
            state.cut(peer);
        }
        (reply, fault)
    });
    let mut response = respond(reply);
    if let Some(Fault::RateLimited(after)) = fault {
        let seconds = format!("{:.3}", after.as_secs_f64());
        for name in ["retry-after", "x-ratelimit-reset-after"] {
            response
                .headers_mut()
                .insert(name, seconds.parse().unwrap());
        }
    }
    response
}

fn respond((status, body): Reply) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    if body.is_null() {
        status.into_response()
    } else {
        (status, axum::Json(body)).into_response()
    }
}

fn route(
    world: &World,
    state: &mut WorldState,
    request: &Request,
    uri: &Uri,
    authorised: bool,
) -> Reply {
    let segments: Vec<&str> = request.path.split('/').skip(1).collect();
    let body = &request.body;
    let application = APPLICATION.to_string();
    // The token of an interaction is all the right that its routes want.
    match (request.method.as_str(), segments.as_slice()) {
        ("POST", ["interactions", id, token, "callback"]) => {
            return callback(state, id, token, body);
        }
        ("POST", ["webhooks", app, token]) if *app == application => {
            return follow_up(state, token, body);
        }
        (method, ["webhooks", app, token, "messages", id]) if *app == application => {
            return response_message(state, method, token, id, body);
        }
        ("GET", ["gateway"]) => return (200, json!({ "url": world.gateway_url })),
        _ if !authorised => return error(401, 0, "401: Unauthorized"),
        _ => {}
    }
    match (request.method.as_str(), segments.as_slice()) {
        ("GET", ["gateway", "bot"]) => (
            200,
            json!({
                "url": world.gateway_url, "shards": 1,
                "session_start_limit": {
                    "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1,
                },
            }),
        ),
        ("GET", ["users", "@me"]) => (200, bot_json()),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            (200, application_json())
        }
        ("GET", ["applications", app, "commands"]) if *app == application => {
            let localized = uri
                .query()
                .is_some_and(|query| query.contains("with_localizations=true"));
            let mut commands = Value::from(state.commands.clone());
            if !localized {
                strip_localizations(&mut commands);
            }
            (200, commands)
        }
        ("PUT", ["applications", app, "commands"]) if *app == application => register(state, body),
        ("GET", ["channels", id]) => match channel(id) {
            Some(channel) => (200, channel),
            None => error(404, 10003, "Unknown Channel"),
        },
        ("DELETE", ["channels", _, "messages", id]) => match state.messages.remove(*id) {
            Some(_) => (204, Value::Null),
            None => error(404, 10008, "Unknown Message"),
        },
        _ => error(404, 0, "404: Not Found"),
    }
}

fn application_json() -> Value {
    json!({
        "id": APPLICATION.to_string(), "name": "last-reel", "icon": null, "description": "",
        "type": null, "bot": bot_json(), "bot_public": true, "bot_require_code_grant": false,
        "verify_key": "00".repeat(32), "flags": 0, "redirect_uris": [], "rpc_origins": [],
        "interactions_endpoint_url": null, "team": null, "owner": ANN.json(), "tags": [],
        "approximate_guild_count": 1, "approximate_user_install_count": 0,
    })
}

fn channel(id: &str) -> Option<Value> {
    let place = Place::Server(HOME);
    let mut json = place.channel_json(ANN);
    json.as_object_mut()?.remove("permissions");
    (place.channel_id(ANN) == id).then_some(json)
}

// -- commands ----------------------------------------------------------------------------------

fn register(state: &mut WorldState, body: &Value) -> Reply {
    let Some(wanted) = body.as_array() else {
        return error(400, 50035, "Invalid Form Body");
    };
    let old = std::mem::take(&mut state.commands);
    for command in wanted {
        let kind = command["type"].as_u64().unwrap_or(1);
        let name = &command["name"];
        let before = old
            .iter()
            .find(|c| c["type"] == kind && c["name"] == *name)
            .map(|c| c["id"].clone());
        let id = before.unwrap_or_else(|| state.id().into());
        let version = state.id();
        let contexts = match (&command["contexts"], &command["dm_permission"]) {
            (Value::Null, Value::Bool(false)) => json!([0, 2]),
            (Value::Null, _) => json!([0, 1, 2]),
            (contexts, _) => contexts.clone(),
        };
        let permissions = match &command["default_member_permissions"] {
            Value::Number(bits) => bits.to_string().into(),
            other => other.clone(),
        };
        let mut echo = json!({
            "id": id, "application_id": APPLICATION.to_string(), "version": version,
            "type": kind, "name": name, "name_localizations": localizations(command, "name"),
            "description": command["description"].as_str().unwrap_or_default(),
            "description_localizations": localizations(command, "description"),
            "default_member_permissions": permissions, "nsfw": command["nsfw"] == true,
            "dm_permission": contexts.as_array().is_some_and(|all| all.contains(&json!(1))),
            "contexts": contexts,
            "integration_types": match &command["integration_types"] {
                Value::Null => json!([0]),
                types => types.clone(),
            },
        });
        if let Some(options) = options_json(command) {
            echo["options"] = options;
        }
        state.commands.push(echo);
    }
    state.registrations += 1;
    (200, state.commands.clone().into())
}

fn localizations(of: &Value, field: &str) -> Value {
    match &of[format!("{field}_localizations")] {
        Value::Object(table) if !table.is_empty() => table.clone().into(),
        _ => Value::Null,
    }
}

/// Options as Discord gives them back: without what says nothing. (`../shared/discord-sim` adds
/// `required: false` where this leaves it out; a bot has to see through both.)
fn options_json(of: &Value) -> Option<Value> {
    let options = of["options"].as_array().filter(|list| !list.is_empty())?;
    let echo = options.iter().map(|option| {
        let mut echo = option.clone();
        let fields = echo.as_object_mut().expect("an option is an object");
        for flag in ["required", "autocomplete"] {
            fields.retain(|name, value| name != flag || *value == true);
        }
        fields.retain(|_, value| {
            !value.is_null()
                && *value != json!([])
                && !value.as_object().is_some_and(serde_json::Map::is_empty)
        });
        if let Some(below) = options_json(option) {
            fields.insert("options".into(), below);
        }
        echo
    });
    Some(echo.collect())
}

fn strip_localizations(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(strip_localizations),
        Value::Object(fields) => {
            fields.retain(|name, _| !name.ends_with("_localizations"));
            fields.values_mut().for_each(strip_localizations);
        }
        _ => {}
    }
}

// -- interactions ------------------------------------------------------------------------------

fn callback(state: &mut WorldState, id: &str, token: &str, body: &Value) -> Reply {
    let Some(interaction) = state.interactions.get_mut(id) else {
        return error(404, 10062, "Unknown interaction");
    };
    let latency = interaction.sent.elapsed();
    if interaction.token != token || latency > DEADLINE {
        return error(404, 10062, "Unknown interaction");
    }
    if interaction.callback.is_some() {
        return error(400, 40060, "Interaction has already been acknowledged.");
    }
    let kind = body["type"].as_u64().unwrap_or_default();
    let allowed: &[u64] = match interaction.kind {
        2 => &[4, 5, 9],
        3 => &[4, 5, 6, 7, 9],
        4 => &[8],
        _ => &[4, 5, 6, 7],
    };
    if !allowed.contains(&kind) || (matches!(kind, 4 | 7..=9) && !body["data"].is_object()) {
        return error(400, 50035, "Invalid Form Body");
    }
    let source = interaction.payload["message"]["id"]
        .as_str()
        .map(str::to_owned);
    let result = match kind {
        4 => message::create(state, id, &body["data"], message::Role::Original).map(Some),
        5 => {
            let data = json!({ "flags": body["data"]["flags"].as_u64().unwrap_or_default() & 64 });
            message::create(state, id, &data, message::Role::Loading).map(Some)
        }
        6 => Ok(source),
        7 => match source {
            Some(source) => message::edit(state, &source, &body["data"]).map(|()| Some(source)),
            None => Err(error(400, 50035, "Invalid Form Body")),
        },
        _ => Ok(None),
    };
    match result {
        Ok(original) => {
            let interaction = state.interactions.get_mut(id).expect("it was there above");
            interaction.original = original;
            interaction.loading = kind == 5;
            interaction.latency = latency;
            interaction.callback = Some(body.clone());
            (204, Value::Null)
        }
        Err(reply) => reply,
    }
}

fn follow_up(state: &mut WorldState, token: &str, body: &Value) -> Reply {
    let Some(interaction) = state.by_token(token) else {
        return error(404, 10015, "Unknown Webhook");
    };
    if interaction.callback.is_none() {
        return error(404, 10015, "Unknown Webhook");
    }
    let id = interaction.id.clone();
    if interaction.loading {
        // Documented: the first follow-up of a deferral edits the original.
        return response_message(state, "PATCH", token, "@original", body);
    }
    match message::create(state, &id, body, message::Role::FollowUp) {
        Ok(created) => {
            let json = state.messages[&created].json.clone();
            let interaction = state.by_token(token).expect("it was there above");
            interaction.follow_ups.push(created);
            (200, json)
        }
        Err(reply) => reply,
    }
}

/// GET, PATCH and DELETE of the original response or a follow-up.
fn response_message(
    state: &mut WorldState,
    method: &str,
    token: &str,
    which: &str,
    body: &Value,
) -> Reply {
    let Some(interaction) = state.by_token(token) else {
        return error(404, 10015, "Unknown Webhook");
    };
    if interaction.callback.is_none() {
        return error(404, 10015, "Unknown Webhook");
    }
    let original = interaction.original.clone();
    let is_original = which == "@original" || original.as_deref() == Some(which);
    let id = if which == "@original" {
        original
    } else {
        (is_original || interaction.follow_ups.iter().any(|id| id == which))
            .then(|| which.to_owned())
    };
    let Some(id) = id.filter(|id| state.messages.contains_key(id)) else {
        return error(404, 10008, "Unknown Message");
    };
    match method {
        "GET" => (200, state.messages[&id].json.clone()),
        "PATCH" => match message::edit(state, &id, body) {
            Ok(()) => {
                let interaction = state.by_token(token).expect("it was there above");
                interaction.edits.push(body.clone());
                interaction.loading &= !is_original;
                (200, state.messages[&id].json.clone())
            }
            Err(reply) => reply,
        },
        "DELETE" => {
            state.messages.remove(&id);
            let interaction = state.by_token(token).expect("it was there above");
            interaction.loading &= !is_original;
            (204, Value::Null)
        }
        _ => error(405, 0, "405: Method Not Allowed"),
    }
}

pub(super) fn empty_message() -> Reply {
    error(400, 50006, "Cannot send an empty message")
}

/// Everything an interaction carries beside its data and who asks where.
pub(super) fn interaction_json(
    id: &str,
    token: &str,
    kind: u64,
    locale: &str,
    more: Value,
) -> Value {
    let mut json = json!({
        "id": id, "application_id": APPLICATION.to_string(), "type": kind, "token": token,
        "version": 1, "locale": locale, "entitlements": [], "entitlement_sku_ids": [],
        "attachment_size_limit": 10_485_760,
    });
    merge(&mut json, more);
    json
}
