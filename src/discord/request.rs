//! One interaction as both transports hand it to [`answer`](super::answer::answer): what of
//! serenity's types we read, and nothing else.

use serenity::model::application::{
    CommandDataOption, CommandDataOptionValue, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, Interaction,
};
use serenity::model::channel::{Message, MessageFlags};
use serenity::model::guild::Member;
use serenity::model::permissions::Permissions;

use crate::discord::commands::Given;

/// One interaction.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its id, for the callback.
    pub id: u64,
    /// The token that answers it, good for 15 minutes. Never logged.
    pub token: String,
    /// Who asks.
    pub user: u64,
    /// In which server.
    pub guild: Option<u64>,
    /// What that person may do there.
    pub permissions: Permissions,
    /// What is asked.
    pub asked: Asked,
}

/// What is asked.
#[derive(Debug, Clone)]
pub enum Asked {
    /// A slash command.
    Command(Typed),
    /// Suggestions for the option that is being typed.
    Suggestions {
        /// The command so far.
        typed: Typed,
        /// The option.
        focused: String,
    },
    /// A press of a button, or a choice of a menu.
    Press {
        /// The button's id, or the value chosen.
        id: String,
        /// Whether everybody sees the message that was pressed.
        public: bool,
        /// Whose question that message answers.
        asker: Option<u64>,
    },
}

/// A command as typed.
#[derive(Debug, Clone)]
pub struct Typed {
    /// Its name.
    pub name: String,
    /// The subcommand's name.
    pub subcommand: Option<String>,
    /// The options given.
    pub options: Vec<(String, Given)>,
}

impl Typed {
    /// The command's name as people type it, without the slash.
    pub fn path(&self) -> String {
        match &self.subcommand {
            Some(subcommand) => format!("{} {subcommand}", self.name),
            None => self.name.clone(),
        }
    }
}

impl Request {
    /// Reads an interaction; none if it is of a kind that we never cause.
    pub fn read(interaction: &Interaction) -> Option<Self> {
        match interaction {
            Interaction::Command(command) => {
                let (typed, _) = typed(command);
                Some(Self::of_command(command, Asked::Command(typed)))
            }
            Interaction::Autocomplete(command) => {
                let (typed, focused) = typed(command);
                Some(Self::of_command(
                    command,
                    Asked::Suggestions {
                        typed,
                        focused: focused?,
                    },
                ))
            }
            Interaction::Component(component) => Some(Self::of_component(component)),
            _ => None,
        }
    }

    fn of_command(command: &CommandInteraction, asked: Asked) -> Self {
        Self {
            id: command.id.get(),
            token: command.token.clone(),
            user: command.user.id.get(),
            guild: command.guild_id.map(serenity::all::GuildId::get),
            permissions: permissions(command.member.as_deref()),
            asked,
        }
    }

    fn of_component(component: &ComponentInteraction) -> Self {
        let id = match &component.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => {
                values.first().cloned().unwrap_or_default()
            }
            _ => component.data.custom_id.clone(),
        };
        let message = &component.message;
        let private = message
            .flags
            .is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
        Self {
            id: component.id.get(),
            token: component.token.clone(),
            user: component.user.id.get(),
            guild: component.guild_id.map(serenity::all::GuildId::get),
            permissions: permissions(component.member.as_ref()),
            asked: Asked::Press {
                id,
                public: !private,
                asker: asker(message),
            },
        }
    }

    /// Whether the person may manage the server.
    pub fn may_manage_guild(&self) -> bool {
        self.permissions
            .intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR)
    }

    /// Whether the person may write where they asked: what they post through us is theirs.
    pub fn may_post(&self) -> bool {
        let write = Permissions::SEND_MESSAGES
            | Permissions::SEND_MESSAGES_IN_THREADS
            | Permissions::ADMINISTRATOR;
        self.guild.is_none() || self.permissions.intersects(write)
    }

    /// Whether the person may remove other people's messages.
    pub fn may_manage_messages(&self) -> bool {
        self.permissions
            .intersects(Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR)
    }

    /// What is asked, for the log: the command's path, or that a component was pressed.
    pub fn name(&self) -> String {
        match &self.asked {
            Asked::Command(typed) | Asked::Suggestions { typed, .. } => typed.path(),
            Asked::Press { .. } => "press".into(),
        }
    }

    /// What kind of interaction it is, for the log.
    pub const fn kind(&self) -> &'static str {
        match &self.asked {
            Asked::Command(_) => "command",
            Asked::Suggestions { .. } => "suggestions",
            Asked::Press { .. } => "press",
        }
    }
}

fn permissions(member: Option<&Member>) -> Permissions {
    member
        .and_then(|member| member.permissions)
        .unwrap_or_default()
}

/// Whose question a message answers.
fn asker(message: &Message) -> Option<u64> {
    use serenity::model::application::MessageInteractionMetadata as Metadata;
    let user = match message.interaction_metadata.as_deref()? {
        Metadata::Command(metadata) => &metadata.user,
        Metadata::Component(metadata) => &metadata.user,
        Metadata::ModalSubmit(metadata) => &metadata.user,
        _ => return None,
    };
    Some(user.id.get())
}

fn typed(command: &CommandInteraction) -> (Typed, Option<String>) {
    let mut options: &[CommandDataOption] = &command.data.options;
    let mut subcommand = None;
    if let [
        CommandDataOption {
            name,
            value: CommandDataOptionValue::SubCommand(below),
            ..
        },
    ] = options
    {
        subcommand = Some(name.clone());
        options = below;
    }
    let mut focused = None;
    let given = options.iter().filter_map(|option| {
        let given = match &option.value {
            CommandDataOptionValue::String(text) => Given::Text(text.clone()),
            CommandDataOptionValue::Boolean(flag) => Given::Flag(*flag),
            CommandDataOptionValue::Autocomplete { value, .. } => {
                focused = Some(option.name.clone());
                Given::Text(value.clone())
            }
            _ => return None,
        };
        Some((option.name.clone(), given))
    });
    let options = given.collect();
    (
        Typed {
            name: command.data.name.clone(),
            subcommand,
            options,
        },
        focused,
    )
}
