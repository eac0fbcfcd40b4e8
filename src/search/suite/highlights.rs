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
