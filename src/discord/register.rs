//! Tells Discord which commands exist, when it does not know them as they are.

use serde_json::{Map, Value, json};

use super::commands::{Access, COMMANDS, Command, OptKind};
use super::rest::{Rest, RestError};

/// Kinds of option ("Application Command Option Type").
mod option_type {
    pub(super) const SUBCOMMAND: u8 = 1;
    pub(super) const TEXT: u8 = 3;
    pub(super) const FLAG: u8 = 5;
}

/// `MANAGE_GUILD`, as Discord wants it: a number in text.
const MANAGE_GUILD: &str = "32";

/// Registers the commands if they differ from what Discord has; whether they did.
///
/// # Errors
/// If Discord refuses or cannot be reached.
pub async fn register(rest: &Rest, application: u64) -> Result<bool, RestError> {
    let ours = commands();
    let theirs = rest.commands(application).await?;
    if same(&ours, &theirs) {
        return Ok(false);
    }
    rest.put_commands(application, &ours).await?;
    Ok(true)
}

/// All commands as Discord's "Application Command Object".
pub fn commands() -> Value {
    Value::Array(COMMANDS.iter().map(|command| global(command)).collect())
}

fn global(command: &Command) -> Value {
    let everywhere = command.access == Access::Everyone;
    json!({
        "type": 1,
        "name": command.name,
        "description": command.description,
        "options": options(command),
        // Servers and people's own installations; servers, the bot's direct messages and others.
        "integration_types": if everywhere { json!([0, 1]) } else { json!([0]) },
        "contexts": if everywhere { json!([0, 1, 2]) } else { json!([0]) },
        "default_member_permissions": if everywhere { Value::Null } else { MANAGE_GUILD.into() },
    })
}

fn options(command: &Command) -> Value {
    let below = command.subcommands.iter().map(|below| {
        json!({
            "type": option_type::SUBCOMMAND,
            "name": below.name,
            "description": below.description,
            "options": options(below),
        })
    });
    let own = command.options.iter().map(|option| {
        let mut object = Map::new();
        let suggested = option.kind == OptKind::Suggested;
        object.insert(
            "type".into(),
            if suggested {
                option_type::TEXT
            } else {
                option_type::FLAG
            }
            .into(),
        );
        object.insert("name".into(), option.name.into());
        object.insert("description".into(), option.description.into());
        object.insert("required".into(), option.required.into());
        if suggested {
            object.insert("autocomplete".into(), true.into());
        }
        Value::Object(object)
    });
    Value::Array(below.chain(own).collect())
}

/// Whether Discord has the commands that we have, in any order.
fn same(ours: &Value, theirs: &Value) -> bool {
    let (Some(ours), Some(theirs)) = (ours.as_array(), theirs.as_array()) else {
        return false;
    };
    let known = |our: &Value| {
        theirs
            .iter()
            .any(|their| our["name"] == their["name"] && says(their, our))
    };
    ours.len() == theirs.len() && ours.iter().all(known)
}

/// Whether what Discord has says what ours says. Discord adds fields of its own (ids, versions,
/// localisations), leaves out what is at its default, and sorts contexts and places.
fn says(theirs: &Value, ours: &Value) -> bool {
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) if ours.iter().all(Value::is_u64) => {
            ours.len() == theirs.len() && ours.iter().all(|our| theirs.contains(our))
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(our, their)| says(their, our))
        }
        (Value::Object(ours), theirs @ Value::Object(_)) => ours
            .iter()
            .all(|(field, our)| says(theirs.get(field).unwrap_or(&Value::Null), our)),
        (Value::Array(list), Value::Null) => list.is_empty(),
        (Value::Bool(false), Value::Null) => true,
        (ours, theirs) => ours == theirs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Our commands as Discord tells of them: with its own fields, without defaults, reordered.
    fn told() -> Value {
        let mut told = commands();
        for command in told.as_array_mut().unwrap() {
            command["id"] = "1".into();
            command["version"] = "2".into();
            command["nsfw"] = false.into();
            if command["options"].as_array().unwrap().is_empty() {
                command.as_object_mut().unwrap().remove("options");
            }
        }
        told.as_array_mut().unwrap().reverse();
        told
    }

    #[test]
    fn what_discord_adds_and_leaves_out_is_no_difference() {
        assert!(same(&commands(), &told()));
    }

    #[test]
    fn another_description_option_or_command_is_a_difference() {
        let mut described = told();
        described[0]["description"] = "Other".into();
        let mut fewer = told();
        fewer.as_array_mut().unwrap().pop();
        let mut unlike = told();
        unlike.as_array_mut().unwrap().last_mut().unwrap()["options"][0]["required"] = false.into();

        for theirs in [described, fewer, unlike] {
            assert!(!same(&commands(), &theirs));
        }
    }
}
