//! The whole export and the project it is of.

use super::{Conversation, Id, Name, Notices, PerTier, TierMap};
use std::sync::Arc;

/// The whole document, decoded. What the bytes held beyond this is reached through the `Source` ranges.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// Metadata and label schema.
    pub project: Project,
    /// In the order of the file. Shared, so that a conversation can be shown while later ones still arrive.
    pub conversations: Vec<Arc<Conversation>>,
    /// What each tier marked.
    pub tiers: PerTier<TierMap>,
    /// Every name that occurs, once, in no order that matters: labels, statuses, roles, models and such.
    pub names: Vec<Name>,
    /// Everything that was missing, foreign or odd.
    pub notices: Notices,
}

/// The project's own fields. Every one may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// `id`.
    pub id: Option<Id>,
    /// `name`.
    pub name: Option<String>,
    /// `slug`.
    pub slug: Option<String>,
    /// `source_type`.
    pub source_type: Option<String>,
    /// `label_schema`, in its order.
    pub label_schema: Vec<LabelDefinition>,
    /// `config`.
    pub config: Config,
    /// `status`.
    pub status: Option<String>,
    /// `created_by`.
    pub created_by: Option<Id>,
    /// `created_by_name`.
    pub created_by_name: Option<String>,
    /// `created_at`, as sent (RFC 3339, the zone may be missing).
    pub created_at: Option<String>,
    /// `updated_at`, as sent.
    pub updated_at: Option<String>,
    /// Keys of the project that are not among the above: name, and value as JSON.
    pub extra: Vec<super::Field>,
}

/// The project's `config`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// `labelers_per_task`.
    pub labelers_per_task: Option<u64>,
    /// `auto_create_review_tasks`.
    pub auto_create_review_tasks: Option<bool>,
    /// Keys of the config that are not among the above.
    pub extra: Vec<super::Field>,
}

/// One label of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelDefinition {
    /// `name`; annotations are compared with it exactly.
    pub name: Name,
    /// `description`, possibly empty.
    pub description: String,
}
