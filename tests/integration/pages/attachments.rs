//! The small pages of papers, and the part of a record's page.

use super::render::{OFFICER, at, render};
use yinfeng::attachments::AttachmentKind;
use yinfeng::attachments::pages::{Attachments, Deletion, Form, FormParts, Item, OwnerFields};
use yinfeng::web::filled::{Choice, Filled};
use yinfeng::web::i18n::Message;

fn owner() -> OwnerFields {
    OwnerFields { kind: "lead".into(), id: "l1".into(), milestone: String::new() }
}

fn form(filled: Filled) -> FormParts {
    let kinds = AttachmentKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect();
    FormParts { filled, kinds, accept: ".pdf,.jpg,.png".into(), limit_mb: 20 }
}

fn item(id: &str, name: &str, kind: &str, shows: &'static str) -> Item {
    Item {
        id: id.into(),
        name: name.into(),
        extension: name.rsplit('.').next().unwrap().into(),
        kind: kind.into(),
        shows,
        size: "1.2 MB".into(),
        by: Some("李明".into()),
        at: at("2026-11-20T02:00:00"),
        milestone: None,
        verified: false,
        opens: true,
        may_remove: true,
        text: None,
    }
}

/// Every way in which a paper stands on a page.
pub fn sample() -> Attachments {
    let closed =
        Item { opens: false, may_remove: false, ..item("a4", "法人证件.jpg", "identity", "shown") };
    let verified = Item {
        verified: true,
        milestone: Some("construction_start".into()),
        may_remove: false,
        ..item("a5", "施工许可证.pdf", "construction_permit", "shown")
    };
    let items = vec![
        item("a1", "陆屋园区现场.jpg", "photo", "picture"),
        item("a2", "小方砖积木（虚构）有限公司投资意向书及附件清单盖章扫描件.pdf", "contract", "shown"),
        Item { text: Some("cut".into()), ..item("a3", "投资测算.xlsx", "other", "saved") },
        Item { text: Some("unreadable".into()), ..item("a6", "加密的协议.pdf", "contract", "shown") },
        Item { text: Some("empty".into()), ..item("a7", "会议纪要扫描件.pdf", "minutes", "shown") },
        closed,
        verified,
    ];
    Attachments { owner: owner(), items, may_add: true, form: form(Filled::new()) }
}

#[test]
fn adding_a_paper() {
    let page = |filled| Form {
        owner: owner(),
        title: "示例项目".into(),
        back: "/leads/l1#attachments".into(),
        form: form(filled),
    };
    render("attachment-form", &page(Filled::new()), &[OFFICER], "/attachments/new");
    let wrong = Filled::new()
        .value("kind", "photo")
        .error("file", Message::new("fault-paper-differs").text("extension", ".pdf"));
    render("attachment-form-wrong", &page(wrong), &[OFFICER], "/attachments");
}

#[test]
fn removing_a_paper() {
    let page = |paper, form| Deletion {
        paper,
        title: "示例项目".into(),
        back: "/leads/l1#attachments".into(),
        form,
    };
    let plain = page(item("a2", "投资意向书.pdf", "contract", "shown"), Filled::new());
    render("attachment-deletion", &plain, &[OFFICER], "/attachments/a2/deletion");
    let verified = sample().items.pop().unwrap();
    let kept = page(verified, Filled::new().error("", Message::new("fault-paper-verified")));
    render("attachment-deletion-kept", &kept, &[OFFICER], "/attachments/a5/deletion");
}
