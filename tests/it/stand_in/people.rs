//! Who uses the stand-in Discord, and where: users, a home server, direct messages.

use serde_json::{Value, json};

/// The server that tests name in `LAST_REEL_HOME_SERVERS`.
pub(crate) const HOME: u64 = 1_200_000_000_000_000_100;

/// A person. Permissions count in servers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) name: &'static str,
    pub(crate) permissions: u64,
}

/// What everybody may do: see, write, read back, use commands.
const MEMBER: u64 = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31;
const MANAGE_SERVER: u64 = 1 << 5;
const MANAGE_MESSAGES: u64 = 1 << 13;

/// A member, who asks unless a test says otherwise.
pub(crate) const ANN: User = User {
    id: 1_200_000_000_000_000_001,
    name: "ann",
    permissions: MEMBER,
};
/// Another member.
pub(crate) const BEN: User = User {
    id: 1_200_000_000_000_000_002,
    name: "ben",
    permissions: MEMBER,
};
/// A moderator: Manage Server and Manage Messages.
pub(crate) const MOD: User = User {
    id: 1_200_000_000_000_000_003,
    name: "mod",
    permissions: MEMBER | MANAGE_SERVER | MANAGE_MESSAGES,
};

impl User {
    pub(super) fn json(self) -> Value {
        json!({
            "id": self.id.to_string(), "username": self.name, "global_name": self.name,
            "discriminator": "0", "avatar": null, "bot": false, "banner": null,
            "accent_color": null, "public_flags": 0, "flags": 0, "avatar_decoration_data": null,
            "collectibles": null, "primary_guild": null,
        })
    }

    fn member_json(self) -> Value {
        json!({
            "user": self.json(), "nick": null, "avatar": null, "banner": null, "roles": [],
            "joined_at": "2024-01-01T00:00:00.000000+00:00", "premium_since": null,
            "deaf": false, "mute": false, "pending": false, "flags": 0,
            "communication_disabled_until": null, "unusual_dm_activity_until": null,
            "avatar_decoration_data": null, "collectibles": null,
            "permissions": self.permissions.to_string(),
        })
    }
}

/// Where something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The first channel of a server.
    Server(u64),
    /// A direct message between a person and the bot.
    DirectMessage,
}

impl Place {
    pub(super) fn channel_id(self, user: User) -> String {
        match self {
            Self::Server(server) => server + 1,
            Self::DirectMessage => user.id + 1_000,
        }
        .to_string()
    }

    /// The channel as `GET /channels/{id}` gives it, and as interactions carry it.
    pub(super) fn channel_json(self, user: User) -> Value {
        let id = self.channel_id(user);
        match self {
            Self::Server(server) => json!({
                "id": id, "type": 0, "guild_id": server.to_string(), "name": "general",
                "position": 0, "parent_id": null, "topic": null, "nsfw": false, "flags": 0,
                "rate_limit_per_user": 0, "permission_overwrites": [], "last_message_id": null,
                "permissions": user.permissions.to_string(),
            }),
            Self::DirectMessage => json!({
                "id": id, "type": 1, "flags": 0, "last_message_id": null,
                "recipients": [user.json()],
            }),
        }
    }

    /// The fields of an interaction that say who asks and where.
    pub(super) fn interaction_fields(self, user: User) -> Value {
        let mut fields = json!({
            "channel_id": self.channel_id(user), "channel": self.channel_json(user),
            "authorizing_integration_owners": self.owners(),
        });
        let more = match self {
            Self::Server(server) => json!({
                "guild_id": server.to_string(), "guild_locale": "en-US", "context": 0,
                "guild": { "id": server.to_string(), "locale": "en-US", "features": [] },
                "member": user.member_json(),
                "app_permissions": (MEMBER | 1 << 17).to_string(),
            }),
            Self::DirectMessage => json!({
                "user": user.json(), "context": 1,
                "app_permissions": (1_u64 << 14 | 1 << 15 | 1 << 17 | 1 << 18).to_string(),
            }),
        };
        super::message::merge(&mut fields, more);
        fields
    }

    pub(super) fn owners(self) -> Value {
        match self {
            Self::Server(server) => json!({ "0": server.to_string() }),
            Self::DirectMessage => json!({ "0": "0" }),
        }
    }
}
