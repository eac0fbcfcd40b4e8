//! The tables as diesel sees them; tests/integration/db/schema.rs holds them against both databases.

diesel::table! {
    users (id) {
        id -> Text,
        username -> Text,
        display_name -> Text,
        role -> Text,
        region -> Nullable<Text>,
        chamber_id -> Nullable<Text>,
        phone_encrypted -> Nullable<Text>,
        email -> Nullable<Text>,
        locale -> Text,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    credentials (user_id) {
        user_id -> Text,
        password_hash -> Text,
        must_change -> Bool,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    past_passwords (id) {
        id -> Text,
        user_id -> Text,
        password_hash -> Text,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        token_hash -> Text,
        user_id -> Text,
        device_name -> Nullable<Text>,
        address -> Text,
        user_agent -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    sign_in_failures (username, address) {
        username -> Text,
        address -> Text,
        failures -> BigInt,
        blocked_until -> Nullable<Timestamp>,
        last_at -> Timestamp,
    }
}

diesel::table! {
    set_up_links (token_hash) {
        token_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> Text,
        user_id -> Text,
        name -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    idempotency_keys (user_id, idempotency_key) {
        user_id -> Text,
        idempotency_key -> Text,
        request_hash -> Text,
        status -> Nullable<BigInt>,
        headers -> Nullable<Text>,
        body -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    number_series (name) {
        name -> Text,
        last_number -> BigInt,
    }
}

diesel::table! {
    chambers (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        kind -> Text,
        region -> Nullable<Text>,
        contact_person -> Nullable<Text>,
        phone_encrypted -> Nullable<Text>,
        note -> Nullable<Text>,
        status -> Text,
        version -> BigInt,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        phone_hash -> Nullable<Text>,
    }
}

diesel::table! {
    chamber_entries (id) {
        id -> Text,
        chamber_id -> Text,
        kind -> Text,
        word -> Nullable<Text>,
        name -> Text,
        uscc -> Nullable<Text>,
        region -> Nullable<Text>,
        address -> Nullable<Text>,
        party -> Nullable<Text>,
        contact_person -> Nullable<Text>,
        phone_encrypted -> Nullable<Text>,
        from_on -> Nullable<Date>,
        to_on -> Nullable<Date>,
        note -> Nullable<Text>,
        phone_hash -> Nullable<Text>,
    }
}

diesel::table! {
    chamber_weights (id) {
        id -> Text,
        weights -> Text,
        reason -> Text,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    chamber_evidence (id) {
        id -> Text,
        chamber_id -> Text,
        from_on -> Date,
        to_on -> Date,
        sheet -> Text,
        note -> Nullable<Text>,
        confirmed_by -> Text,
        confirmed_at -> Timestamp,
        revoked_by -> Nullable<Text>,
        revoked_at -> Nullable<Timestamp>,
        revocation_reason -> Nullable<Text>,
    }
}

diesel::table! {
    referrers (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        kind -> Text,
        region -> Nullable<Text>,
        contact_person -> Nullable<Text>,
        phone_encrypted -> Nullable<Text>,
        note -> Nullable<Text>,
        status -> Text,
        version -> BigInt,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        identity_encrypted -> Nullable<Text>,
        identity_hash -> Nullable<Text>,
        uscc -> Nullable<Text>,
        bank_name -> Nullable<Text>,
        account_encrypted -> Nullable<Text>,
        account_hash -> Nullable<Text>,
        public_employee -> Nullable<Bool>,
        declared_on -> Nullable<Date>,
        chamber_id -> Nullable<Text>,
        user_id -> Nullable<Text>,
        agreement_number -> Nullable<Text>,
        agreement_from -> Nullable<Date>,
        agreement_to -> Nullable<Date>,
        identity_kind -> Text,
        official_tie -> Nullable<Text>,
        phone_hash -> Nullable<Text>,
    }
}

diesel::table! {
    companies (id) {
        id -> Text,
        name -> Text,
        name_core -> Text,
        name_region -> Text,
        uscc -> Nullable<Text>,
        origin -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    company_names (company_id, name) {
        company_id -> Text,
        name -> Text,
        name_core -> Nullable<Text>,
        name_region -> Nullable<Text>,
    }
}

diesel::table! {
    leads (id) {
        id -> Text,
        code -> Text,
        title -> Text,
        company_id -> Text,
        investor_name -> Text,
        county -> Text,
        park -> Nullable<Text>,
        industry -> Text,
        industry_class -> Nullable<Text>,
        content -> Nullable<Text>,
        total_investment_fen -> Nullable<BigInt>,
        fixed_investment_fen -> Nullable<BigInt>,
        land_mu -> Nullable<Double>,
        factory_m2 -> Nullable<Double>,
        jobs -> Nullable<BigInt>,
        factor_needs -> Nullable<Text>,
        source_kind -> Text,
        source_chamber_id -> Nullable<Text>,
        source_referrer_id -> Nullable<Text>,
        source_enterprise_id -> Nullable<Text>,
        source_event_id -> Nullable<Text>,
        source_note -> Nullable<Text>,
        stage -> Text,
        status -> Text,
        priority -> Text,
        hold_reason -> Nullable<Text>,
        hold_until -> Nullable<Date>,
        closure_kind -> Nullable<Text>,
        closure_reason -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        officer_id -> Nullable<Text>,
        leader_id -> Nullable<Text>,
        officer_name -> Nullable<Text>,
        leader_name -> Nullable<Text>,
        registered_on -> Date,
        received_at -> Timestamp,
        next_follow_up_on -> Nullable<Date>,
        next_follow_up_order -> Date,
        total_investment_order -> BigInt,
        remark -> Nullable<Text>,
        extra -> Text,
        duplicate_reason -> Nullable<Text>,
        import_id -> Nullable<Text>,
        created_by -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        deleted_at -> Nullable<Timestamp>,
        merged_into -> Nullable<Text>,
        origin -> Nullable<Text>,
    }
}

diesel::table! {
    contacts (id) {
        id -> Text,
        lead_id -> Text,
        name -> Text,
        post -> Nullable<Text>,
        key_encrypted -> Nullable<Text>,
        phone_encrypted -> Nullable<Text>,
        other_phones_encrypted -> Nullable<Text>,
        phone_hash -> Nullable<Text>,
        email_encrypted -> Nullable<Text>,
        wechat_encrypted -> Nullable<Text>,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    contact_phones (lead_id, hash) {
        lead_id -> Text,
        hash -> Text,
    }
}

diesel::table! {
    stage_changes (id) {
        id -> Text,
        lead_id -> Text,
        from_stage -> Text,
        to_stage -> Text,
        reason -> Nullable<Text>,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    status_changes (id) {
        id -> Text,
        lead_id -> Text,
        from_status -> Text,
        to_status -> Text,
        closure_kind -> Nullable<Text>,
        hold_until -> Nullable<Date>,
        reason -> Nullable<Text>,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    assignments (id) {
        id -> Text,
        lead_id -> Text,
        from_county -> Text,
        to_county -> Text,
        from_officer_id -> Nullable<Text>,
        to_officer_id -> Nullable<Text>,
        from_leader_id -> Nullable<Text>,
        to_leader_id -> Nullable<Text>,
        reason -> Nullable<Text>,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    handovers (county, lead_id) {
        lead_id -> Text,
        county -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    follow_ups (id) {
        id -> Text,
        lead_id -> Text,
        kind -> Text,
        at -> Timestamp,
        ours -> Nullable<Text>,
        theirs -> Nullable<Text>,
        content -> Text,
        next_step -> Nullable<Text>,
        next_on -> Nullable<Date>,
        by_user -> Text,
        by_chamber_id -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    later_claims (id) {
        id -> Text,
        lead_id -> Text,
        chamber_id -> Text,
        report_encrypted -> Text,
        answer_due_on -> Date,
        by_user -> Text,
        at -> Timestamp,
        decision -> Nullable<Text>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    questions (id) {
        id -> Text,
        lead_id -> Text,
        chamber_id -> Text,
        text -> Text,
        due_on -> Date,
        by_user -> Text,
        at -> Timestamp,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attribution_shares (lead_id, chamber_id) {
        lead_id -> Text,
        chamber_id -> Text,
        share_bp -> BigInt,
    }
}

diesel::table! {
    attribution_changes (id) {
        id -> Text,
        lead_id -> Text,
        shares_before -> Text,
        shares_after -> Text,
        reason -> Nullable<Text>,
        by_user -> Text,
        at -> Timestamp,
        outcome -> Nullable<Text>,
        outcome_reason -> Nullable<Text>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attribution_consents (change_id, chamber_id) {
        change_id -> Text,
        chamber_id -> Text,
        agrees -> Nullable<Bool>,
        reason -> Nullable<Text>,
        by_user -> Nullable<Text>,
        at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        kind -> Text,
        file_name -> Text,
        file_hash -> Text,
        file_size -> BigInt,
        status -> Text,
        row_count -> BigInt,
        new_count -> BigInt,
        changed_count -> BigInt,
        duplicate_count -> BigInt,
        rejected_count -> BigInt,
        imported_count -> BigInt,
        updated_count -> BigInt,
        skipped_sheets -> Text,
        failure -> Nullable<Text>,
        file_encrypted -> Nullable<Text>,
        duplicate_reason -> Nullable<Text>,
        by_user -> Text,
        created_at -> Timestamp,
        applied_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    import_rows (import_id, position) {
        import_id -> Text,
        position -> BigInt,
        sheet -> Nullable<Text>,
        sheet_row -> BigInt,
        outcome -> Text,
        field -> Nullable<Text>,
        code -> Nullable<Text>,
        of_row -> Nullable<BigInt>,
        of_record -> Nullable<Text>,
        accepted -> Bool,
        record_id -> Nullable<Text>,
        content_encrypted -> Text,
    }
}

diesel::table! {
    audit_entries (id) {
        id -> Text,
        at -> Timestamp,
        actor_id -> Nullable<Text>,
        actor_name -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        differences -> Text,
        reason -> Nullable<Text>,
        address -> Nullable<Text>,
        request_id -> Nullable<Text>,
        seal_id -> Nullable<Text>,
    }
}

diesel::table! {
    audit_seals (id) {
        id -> Text,
        number -> BigInt,
        from_entry -> Text,
        to_entry -> Text,
        entries -> BigInt,
        hash -> Text,
        previous -> Text,
        sealed_at -> Timestamp,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        topic -> Text,
        subject_id -> Text,
        attempts -> BigInt,
        available_at -> Timestamp,
        claimed_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    employment_years (project_id, year) {
        project_id -> Text,
        year -> BigInt,
        new_jobs -> BigInt,
        above_scale -> Bool,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    flags (name) {
        name -> Text,
        value -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    projects (id) {
        id -> Text,
        code -> Text,
        lead_id -> Nullable<Text>,
        title -> Text,
        company_id -> Text,
        investor_name -> Text,
        project_company -> Nullable<Text>,
        county -> Text,
        park -> Nullable<Text>,
        industry -> Text,
        industry_class -> Nullable<Text>,
        supporting_project -> Bool,
        supporting_finding -> Nullable<Text>,
        content -> Nullable<Text>,
        total_investment_fen -> Nullable<BigInt>,
        fixed_investment_fen -> Nullable<BigInt>,
        land_mu -> Nullable<Double>,
        factory_m2 -> Nullable<Double>,
        jobs -> Nullable<BigInt>,
        filing_code -> Nullable<Text>,
        key_basis -> Nullable<Text>,
        key_reason -> Nullable<Text>,
        source_kind -> Text,
        source_chamber_id -> Nullable<Text>,
        source_referrer_id -> Nullable<Text>,
        source_enterprise_id -> Nullable<Text>,
        source_note -> Nullable<Text>,
        leader_id -> Nullable<Text>,
        officer_id -> Nullable<Text>,
        leader_name -> Nullable<Text>,
        officer_name -> Nullable<Text>,
        unit -> Nullable<Text>,
        entered_on -> Nullable<Date>,
        withdrawn_on -> Nullable<Date>,
        withdrawal_reason -> Nullable<Text>,
        enclave_county -> Nullable<Text>,
        land_use -> Nullable<Text>,
        progress -> Nullable<Text>,
        problems -> Nullable<Text>,
        coordination -> Nullable<Text>,
        next_step -> Nullable<Text>,
        remark -> Nullable<Text>,
        extra -> Text,
        import_id -> Nullable<Text>,
        created_by -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        deleted_at -> Nullable<Timestamp>,
        total_investment_order -> BigInt,
        entered_order -> Date,
        stage -> Nullable<Text>,
        starts_on -> Nullable<Date>,
        phase_of -> Nullable<Text>,
        source_event_id -> Nullable<Text>,
        recommended_on -> Nullable<Date>,
    }
}

diesel::table! {
    policy_decisions (id) {
        id -> Text,
        document_id -> Text,
        decision -> Text,
        reason -> Nullable<Text>,
        by_user -> Nullable<Text>,
        at -> Timestamp,
    }
}

diesel::table! {
    policy_documents (id) {
        id -> Text,
        kind -> Text,
        code -> Text,
        body -> Nullable<Text>,
        valid_until -> Nullable<Date>,
        document_number -> Text,
        document_name -> Text,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    pool_stays (id) {
        id -> Text,
        project_id -> Text,
        entered_on -> Date,
        withdrawn_on -> Date,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    project_leaders (id) {
        id -> Text,
        project_id -> Text,
        from_leader_id -> Nullable<Text>,
        to_leader_id -> Nullable<Text>,
        reason -> Nullable<Text>,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    contracts (project_id) {
        project_id -> Text,
        kind -> Text,
        signed_on -> Date,
        parties -> Text,
        total_investment_fen -> BigInt,
        fixed_investment_fen -> Nullable<BigInt>,
        land_premium_fen -> Nullable<BigInt>,
        funding -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    contract_years (project_id, year) {
        project_id -> Text,
        year -> BigInt,
        fixed_investment_fen -> BigInt,
        land_premium_fen -> BigInt,
        actual_fixed_investment_fen -> Nullable<BigInt>,
    }
}

diesel::table! {
    supplements (id) {
        id -> Text,
        project_id -> Text,
        signed_on -> Date,
        content -> Text,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    milestones (id) {
        id -> Text,
        project_id -> Text,
        kind -> Text,
        planned_on -> Nullable<Date>,
        actual_on -> Nullable<Date>,
        state -> Text,
        reported_by -> Nullable<Text>,
        reported_at -> Nullable<Timestamp>,
        verified_by -> Nullable<Text>,
        verified_at -> Nullable<Timestamp>,
        refusal_reason -> Nullable<Text>,
        updated_at -> Timestamp,
        entered_by -> Text,
    }
}

diesel::table! {
    milestone_evidence (milestone_id, attachment_id) {
        milestone_id -> Text,
        attachment_id -> Text,
    }
}

diesel::table! {
    attachments (id) {
        id -> Text,
        owner_kind -> Text,
        owner_id -> Text,
        kind -> Text,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        storage_name -> Text,
        by_user -> Text,
        at -> Timestamp,
        deleted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attachment_texts (attachment_id) {
        attachment_id -> Text,
        state -> Text,
        text -> Text,
        length -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    referrer_members (id) {
        id -> Text,
        referrer_id -> Text,
        name -> Text,
        identity_encrypted -> Nullable<Text>,
        identity_hash -> Nullable<Text>,
        is_payee -> Bool,
        public_employee -> Nullable<Bool>,
        joined_on -> Nullable<Date>,
        left_on -> Nullable<Date>,
        identity_kind -> Text,
        official_tie -> Nullable<Text>,
    }
}

diesel::table! {
    filings (id) {
        id -> Text,
        code -> Text,
        referrer_id -> Text,
        lead_id -> Nullable<Text>,
        project_id -> Nullable<Text>,
        role -> Text,
        filed_on -> Date,
        received_at -> Timestamp,
        filed_by -> Text,
        statement -> Nullable<Text>,
        withdrawn_on -> Nullable<Date>,
        withdrawal_reason -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    filing_confirmations (filing_id, party) {
        filing_id -> Text,
        party -> Text,
        decision -> Text,
        reason -> Nullable<Text>,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    referral_shares (project_id, referrer_id) {
        project_id -> Text,
        referrer_id -> Text,
        position -> BigInt,
        share_bp -> BigInt,
        agreed_on -> Date,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    frozen_shares (project_id) {
        project_id -> Text,
        frozen_on -> Date,
    }
}

diesel::table! {
    filing_links (token_hash) {
        token_hash -> Text,
        filing_id -> Text,
        by_user -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    award_applications (id) {
        id -> Text,
        code -> Text,
        project_id -> Text,
        rule -> Text,
        status -> Text,
        county -> Text,
        created_by -> Text,
        entered -> Text,
        policy -> Nullable<Text>,
        facts -> Nullable<Text>,
        award -> Nullable<Text>,
        amount_fen -> BigInt,
        submitted_at -> Nullable<Timestamp>,
        notice_from -> Nullable<Date>,
        notice_until -> Nullable<Date>,
        voucher -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        parties -> Nullable<Text>,
    }
}

diesel::table! {
    award_payees (application_id, position) {
        application_id -> Text,
        position -> BigInt,
        referrer_id -> Nullable<Text>,
        organisation -> Nullable<Text>,
        share_bp -> BigInt,
        payout_fen -> Nullable<BigInt>,
    }
}

diesel::table! {
    award_transitions (id) {
        id -> Text,
        application_id -> Text,
        from_status -> Nullable<Text>,
        to_status -> Text,
        reason -> Nullable<Text>,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    award_funding (application_id, level) {
        application_id -> Text,
        level -> Text,
        share_bp -> BigInt,
        amount_fen -> BigInt,
    }
}

diesel::table! {
    award_rulings (id) {
        id -> Text,
        application_id -> Text,
        kind -> Text,
        decision -> Text,
        award_status -> Nullable<Text>,
        document -> Nullable<Text>,
        reason -> Text,
        other_id -> Nullable<Text>,
        by_user -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    townsmen (id) {
        id -> Text,
        code -> Text,
        home -> Nullable<Text>,
        key_encrypted -> Nullable<Text>,
        details_encrypted -> Nullable<Text>,
        chamber_id -> Nullable<Text>,
        referrer_id -> Nullable<Text>,
        consent_on -> Date,
        review_due_on -> Date,
        removed_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    recommendations (id) {
        id -> Text,
        code -> Text,
        county -> Text,
        enterprise -> Text,
        uscc -> Nullable<Text>,
        size -> Text,
        chamber_id -> Nullable<Text>,
        recipient_kind -> Text,
        recipient -> Text,
        need_fen -> BigInt,
        credit -> Text,
        sent_on -> Nullable<Date>,
        result -> Nullable<Text>,
        result_on -> Nullable<Date>,
        note -> Nullable<Text>,
        version -> BigInt,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    events (id) {
        id -> Text,
        code -> Text,
        kind -> Text,
        title -> Text,
        county -> Nullable<Text>,
        place -> Text,
        from_on -> Date,
        to_on -> Date,
        programme -> Nullable<Text>,
        host_chamber_id -> Nullable<Text>,
        cost_fen -> Nullable<BigInt>,
        outcome -> Nullable<Text>,
        status -> Text,
        cancellation_reason -> Nullable<Text>,
        check_in_key -> Text,
        version -> BigInt,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    attendees (id) {
        id -> Text,
        event_id -> Text,
        chamber_id -> Nullable<Text>,
        company -> Nullable<Text>,
        name -> Text,
        post -> Nullable<Text>,
        invited_by -> Nullable<Text>,
        at -> Timestamp,
        attended_at -> Nullable<Timestamp>,
        checked_in_by -> Nullable<Text>,
    }
}

diesel::table! {
    notices (id) {
        id -> Text,
        title -> Text,
        text -> Text,
        audience -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        edition -> BigInt,
        retracted_at -> Nullable<Timestamp>,
        retraction_reason -> Nullable<Text>,
        version -> BigInt,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    notice_kinds (notice_id, kind) {
        notice_id -> Text,
        kind -> Text,
    }
}

diesel::table! {
    notice_chambers (notice_id, chamber_id) {
        notice_id -> Text,
        chamber_id -> Text,
    }
}

diesel::table! {
    notice_readings (notice_id, user_id, edition) {
        notice_id -> Text,
        user_id -> Text,
        edition -> BigInt,
        chamber_id -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    saved_searches (id) {
        id -> Text,
        owner_id -> Text,
        name -> Text,
        query -> Text,
        is_shared -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    saved_search_subscriptions (search_id, user_id) {
        search_id -> Text,
        user_id -> Text,
        capacity -> Text,
        since -> Timestamp,
        knows_all -> Bool,
        seen_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    saved_search_known (search_id, user_id) {
        search_id -> Text,
        user_id -> Text,
        leads -> Text,
    }
}

diesel::table! {
    saved_search_matches (id) {
        id -> Text,
        search_id -> Text,
        user_id -> Text,
        lead_id -> Text,
        found_at -> Timestamp,
        seen_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    teams (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        kind -> Text,
        county -> Nullable<Text>,
        leader_id -> Nullable<Text>,
        leader_name -> Nullable<Text>,
        note -> Nullable<Text>,
        version -> BigInt,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    team_members (id) {
        id -> Text,
        team_id -> Text,
        user_id -> Nullable<Text>,
        name -> Text,
        post -> Nullable<Text>,
        from_on -> Date,
        to_on -> Nullable<Date>,
    }
}

diesel::table! {
    team_trips (id) {
        id -> Text,
        team_id -> Text,
        kind -> Text,
        from_on -> Date,
        to_on -> Nullable<Date>,
        region -> Text,
        purpose -> Text,
        people -> Nullable<Text>,
        result -> Nullable<Text>,
    }
}

diesel::table! {
    team_trip_leads (trip_id, lead_id) {
        trip_id -> Text,
        lead_id -> Text,
    }
}

diesel::joinable!(credentials -> users (user_id));
diesel::joinable!(past_passwords -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(api_tokens -> users (user_id));
diesel::joinable!(idempotency_keys -> users (user_id));
diesel::joinable!(chambers -> users (created_by));
diesel::joinable!(chamber_entries -> chambers (chamber_id));
diesel::joinable!(referrers -> users (created_by));
diesel::joinable!(leads -> chambers (source_chamber_id));
diesel::joinable!(leads -> referrers (source_referrer_id));
diesel::joinable!(leads -> companies (company_id));
diesel::joinable!(company_names -> companies (company_id));
diesel::joinable!(contacts -> leads (lead_id));
diesel::joinable!(contact_phones -> leads (lead_id));
diesel::joinable!(stage_changes -> leads (lead_id));
diesel::joinable!(stage_changes -> users (by_user));
diesel::joinable!(status_changes -> leads (lead_id));
diesel::joinable!(status_changes -> users (by_user));
diesel::joinable!(assignments -> leads (lead_id));
diesel::joinable!(handovers -> leads (lead_id));
diesel::joinable!(follow_ups -> leads (lead_id));
diesel::joinable!(follow_ups -> users (by_user));
diesel::joinable!(later_claims -> leads (lead_id));
diesel::joinable!(later_claims -> chambers (chamber_id));
diesel::joinable!(later_claims -> users (by_user));
diesel::joinable!(imports -> users (by_user));
diesel::joinable!(import_rows -> imports (import_id));
diesel::joinable!(projects -> companies (company_id));
diesel::joinable!(contracts -> projects (project_id));
diesel::joinable!(milestones -> projects (project_id));
diesel::joinable!(pool_stays -> projects (project_id));
diesel::joinable!(award_applications -> projects (project_id));
diesel::joinable!(policy_decisions -> policy_documents (document_id));

diesel::allow_tables_to_appear_in_same_query!(
    api_tokens,
    assignments,
    attachment_texts,
    attachments,
    attribution_changes,
    attribution_consents,
    attribution_shares,
    attendees,
    audit_entries,
    audit_seals,
    award_applications,
    award_funding,
    award_payees,
    award_rulings,
    award_transitions,
    chamber_entries,
    chamber_evidence,
    chamber_weights,
    chambers,
    companies,
    company_names,
    contact_phones,
    contacts,
    contract_years,
    contracts,
    credentials,
    employment_years,
    events,
    filing_confirmations,
    filing_links,
    filings,
    flags,
    follow_ups,
    frozen_shares,
    handovers,
    idempotency_keys,
    import_rows,
    imports,
    later_claims,
    leads,
    milestone_evidence,
    milestones,
    notice_chambers,
    notice_kinds,
    notice_readings,
    notices,
    number_series,
    outbox,
    past_passwords,
    policy_decisions,
    policy_documents,
    pool_stays,
    project_leaders,
    projects,
    questions,
    recommendations,
    referral_shares,
    referrer_members,
    referrers,
    saved_search_known,
    saved_search_matches,
    saved_search_subscriptions,
    saved_searches,
    sessions,
    set_up_links,
    sign_in_failures,
    stage_changes,
    status_changes,
    team_members,
    team_trip_leads,
    team_trips,
    teams,
    townsmen,
    supplements,
    users,
);
