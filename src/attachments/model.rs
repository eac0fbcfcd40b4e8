//! A paper as stored, and its words.

use crate::db::Id;
use crate::schema::attachments;
use crate::text_enum;
use chrono::NaiveDateTime;
use diesel::prelude::*;

text_enum! {
    /// The record that a paper belongs to.
    pub enum OwnerKind {
        Lead = "lead",
        FollowUp = "follow_up",
        Project = "project",
        /// The paper stands under it as evidence from the start.
        Milestone = "milestone",
        /// The document behind a policy version.
        PolicyDocument = "policy_document",
        /// Such as the investor's letter of confirmation.
        Filing = "filing",
        AwardApplication = "award_application",
        /// Such as the agreement itself.
        ChamberEntry = "chamber_entry",
        Notice = "notice",
    }
}

text_enum! {
    /// What a paper is.
    pub enum AttachmentKind {
        Contract = "contract",
        /// 营业执照
        BusinessLicence = "business_licence",
        /// 施工许可证
        ConstructionPermit = "construction_permit",
        /// 设备进场
        EquipmentIn = "equipment_in",
        Photo = "photo",
        /// 竣工验收
        Acceptance = "acceptance",
        /// 投产证明
        ProductionProof = "production_proof",
        /// 上规入统
        AboveScaleNotice = "above_scale_notice",
        /// 备案
        Filing = "filing",
        /// 凭证
        Voucher = "voucher",
        /// 会议纪要
        Minutes = "minutes",
        /// Shows an identity number: it is opened only by those who may see such data, and each time is logged.
        Identity = "identity",
        Other = "other",
    }
}

/// A paper as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments)]
pub struct Attachment {
    pub id: Id,
    pub owner_kind: OwnerKind,
    /// The lead, follow-up, project, milestone, policy document, filing, award application, entry of a chamber or notice.
    pub owner_id: Id,
    pub kind: AttachmentKind,
    /// A safe name (`names`), with the extension of its type.
    pub file_name: String,
    /// What the content is (`sniff`), not what was said of it.
    pub media_type: String,
    /// Bytes
    pub size: i64,
    /// Of the content, hexadecimal.
    pub sha256: String,
    /// Where the bytes lie in the storage.
    pub storage_name: String,
    pub by_user: Id,
    pub at: NaiveDateTime,
    pub deleted_at: Option<NaiveDateTime>,
}

/// A paper whose file lies in the storage and has no row yet.
#[derive(Debug, Clone)]
pub struct Filed {
    pub kind: AttachmentKind,
    pub file_name: String,
    pub media_type: &'static str,
    /// Bytes
    pub size: i64,
    pub sha256: String,
    pub storage_name: String,
}
