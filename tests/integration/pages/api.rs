//! The page of the API, which is made of the operations themselves.

use super::render::{ADMIN, LIAISON, OFFICER, render};
use yinfeng::api::Api;
use yinfeng::api::pages::ApiPage;
use yinfeng::web::i18n::I18n;

#[test]
fn what_the_api_is() {
    let api = Api::new(&I18n::load().unwrap()).unwrap();
    render("api", &ApiPage::new(&api, "https://crm.example"), &[OFFICER, LIAISON, ADMIN], "/api");
    render("api-empty", &ApiPage::default(), &[OFFICER], "/api");
}
