//! A lead and the words of its life: stage (how far) and status (whether it moves) stand apart.

use crate::text_enum;

text_enum! {
    /// How far a lead has come (domain/process.md 4.1), in order.
    pub enum Stage {
        /// 线索
        New = "new",
        /// 研判
        Assessment = "assessment",
        /// 在谈
        Negotiation = "negotiation",
        /// 考察洽谈
        SiteVisit = "site_visit",
        /// 框架协议
        Framework = "framework",
        /// 正式合同
        Contract = "contract",
    }
}

text_enum! {
    /// Whether anybody still works the lead.
    pub enum Status {
        Active = "active",
        /// 暂缓
        OnHold = "on_hold",
        /// 终止, with a kind of reason
        Closed = "closed",
        /// 重复, merged into another lead
        Merged = "merged",
    }
}

text_enum! {
    /// Where a lead came from (线索来源).
    pub enum SourceKind {
        Chamber = "chamber",
        Referrer = "referrer",
        Townsman = "townsman",
        Enterprise = "enterprise",
        Station = "station",
        Exhibition = "exhibition",
        Event = "event",
        Enclave = "enclave",
        /// 自荐: the investor came by himself
        Own = "self",
        Superior = "superior",
    }
}

text_enum! {
    /// Why a lead was closed (domain/process.md, loss reasons).
    pub enum ClosureKind {
        Land = "land",
        Energy = "energy",
        Environment = "environment",
        Funding = "funding",
        PolicyTerms = "policy_terms",
        Market = "market",
        Elsewhere = "elsewhere",
        LostContact = "lost_contact",
        NegativeList = "negative_list",
        Duplicate = "duplicate",
        Other = "other",
    }
}

text_enum! {
    /// How much attention a lead gets.
    pub enum Priority {
        Normal = "normal",
        Key = "key",
    }
}

text_enum! {
    /// Why two leads are thought to be of the same investor.
    pub enum DuplicateReason {
        Uscc = "uscc",
        Name = "name",
        Phone = "phone",
        Contact = "contact",
        SimilarName = "similar_name",
    }
}
