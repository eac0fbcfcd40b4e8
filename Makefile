# What everybody runs; .ci/run runs the same.

.PHONY: demo test test-sqlite test-postgres test-browser check bench

# Builds it and serves a throw-away database with made-up data: `make demo ARGS="--port 8081"`.
demo:
	tests/requirements.sh demo
	cargo run --release --locked -- demo $(ARGS)

# Everything: unit and integration tests on SQLite, integration tests again on PostgreSQL, journeys in a browser.
# What they need besides is installed first, or named.
test:
	tests/requirements.sh test
	$(MAKE) test-sqlite
	$(MAKE) test-postgres
	$(MAKE) test-browser

test-sqlite:
	env -u YINFENG_TEST_DATABASE_URL cargo test --locked --lib --bins --test integration

# On a server of its own, which starts and ends with the tests.
test-postgres:
	tests/with-postgres.sh cargo test --locked --test integration

# Needs chromium and chromedriver.
test-browser:
	env -u YINFENG_TEST_DATABASE_URL cargo test --locked --test browser

# 100,000 leads, a release server, and the table in docs/performance.md.
bench:
	cargo build --release --locked --bin yinfeng
	cargo run --release --locked --package yinfeng-load

check:
	cargo fmt --check
	cargo clippy --workspace --all-targets -- -D warnings
