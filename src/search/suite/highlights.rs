use super::*;
use crate::search::LeadField;

fn highlight(index: Make, lead: LeadDocument, text: &str, field: LeadField) -> Option<String> {
    let index = index(&[lead]);
    let mut hits = index.search(&SearchQuery { highlight: true, as_you_type: true, ..by_text(text) }).hits;
    hits.pop().and_then(|mut hit| hit.highlights.remove(&field))
}

pub(in crate::search) fn what_matched_is_marked_however_it_was_typed(index: Make) {
    for (title, typed, html) in [
        ("新能源项目", "能源", "新<em>能源</em>项目"),
        ("新能源项目", "xinneng", "<em>新能</em>源项目"),
        ("新能源项目", "nengy", "新<em>能源</em>项目"),
        ("新能源项目", "xny", "<em>新能源</em>项目"),
        ("毛绒公仔", "毛rong公", "<em>毛绒公</em>仔"),
        ("長興縣工廠", "长兴", "<em>長興</em>縣工廠"),
        ("NovaChem", "novac", "<em>NovaC</em>hem"),
        ("甲（中国）有限", "甲中国", "<em>甲（中国</em>）有限"),
        ("新能源与能源站", "能源", "新<em>能源</em>与<em>能源</em>站"),
        ("新能源项目", "能源 项目", "新<em>能源项目</em>"),
        ("NovaChem", "novachemm", "<em>NovaChem</em>"),
    ] {
        assert_eq!(
            highlight(index, titled("a", title), typed, LeadField::Title).as_deref(),
            Some(html),
            "{typed}"
        );
    }
}

pub(in crate::search) fn everything_but_em_is_escaped(index: Make) {
    let html =
        highlight(index, titled("a", "<script>alert('能源' & \"x\")</script>"), "能源", LeadField::Title);
    let escaped = "&lt;script&gt;alert(&#39;<em>能源</em>&#39; &amp; &quot;x&quot;)&lt;/script&gt;";
    assert_eq!(html.as_deref(), Some(escaped));
    let html = highlight(index, titled("a", "a<b>script</b>"), "script", LeadField::Title);
    assert_eq!(html.as_deref(), Some("a&lt;b&gt;<em>script</em>&lt;/b&gt;"));
}

pub(in crate::search) fn a_long_text_is_cut_around_its_first_match(index: Make) {
    let mut lead = titled("a", "甲");
    lead.remark = Some(format!("{}氢燃料电堆{}", "前".repeat(300), "后".repeat(300)));
    let html = highlight(index, lead, "qingranliao", LeadField::Remark).unwrap();
    assert!(
        html.starts_with("…前") && html.contains("<em>氢燃料</em>电堆后") && html.ends_with("后…"),
        "{html}"
    );
    assert!(html.chars().count() < 140);
}

pub(in crate::search) fn a_code_is_marked_across_its_dashes(index: Make) {
    let mut lead = titled("a", "甲");
    lead.code = "QZ-2026-000123".to_owned();
    assert_eq!(highlight(index, lead, "26-000", LeadField::Code).as_deref(), Some("QZ-20<em>26-000</em>123"));
}

pub(in crate::search) fn of_papers_the_first_that_holds_a_word_is_named(index: Make) {
    let mut lead = titled("a", "甲");
    lead.attachments = vec![
        papered("照片<1>.jpg", ""),
        papered("可研<报告>.pdf", "年产五万套\n毛绒玩具"),
        papered("投资协议.docx", "毛绒玩具生产线二十条"),
    ];
    for (typed, html) in [
        ("毛绒", "可研&lt;报告&gt;.pdf · 年产五万套\n<em>毛绒</em>玩具"),
        ("生产线", "投资协议.docx · 毛绒玩具<em>生产线</em>二十条"),
        ("maorong", "可研&lt;报告&gt;.pdf · 年产五万套\n<em>毛绒</em>玩具"),
        ("投资协议", "<em>投资协议</em>.docx"),
        ("协议 二十条", "投资<em>协议</em>.docx · 毛绒玩具生产线<em>二十条</em>"),
        ("照片", "<em>照片</em>&lt;1&gt;.jpg"),
    ] {
        let marked = highlight(index, lead.clone(), typed, LeadField::Attachments);
        assert_eq!(marked.as_deref(), Some(html), "{typed}");
    }
    // A name and a text are two things, and so are two papers.
    for typed in ["报告年产", "毛绒玩具投资协议", "五万套毛绒"] {
        assert_eq!(highlight(index, lead.clone(), typed, LeadField::Attachments), None, "{typed}");
    }
}

pub(in crate::search) fn a_word_at_the_end_of_a_long_paper_is_marked(index: Make) {
    let mut lead = titled("a", "甲");
    let before: String = "前言后语".repeat(1_400);
    lead.attachments = vec![papered("长.pdf", &format!("{before}氢燃料电堆"))];
    let html = highlight(index, lead, "qingranliao", LeadField::Attachments).unwrap();
    assert!(html.starts_with("长.pdf · …") && html.ends_with("<em>氢燃料</em>电堆"), "{html}");
    assert!(html.chars().count() < 140);
}
