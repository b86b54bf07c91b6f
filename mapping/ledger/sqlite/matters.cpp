#include "mapping/ledger/sqlite/matters.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_known = "SELECT id FROM matter WHERE tenant_id = ?1 AND key = ?2";
constexpr sql_text insert_matter =
    "INSERT INTO matter (tenant_id, id, recorded_at, key, kind, subject_id, customer_id, file_id, detail) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr sql_text insert_closing =
    "INSERT INTO matter_closing (tenant_id, matter_id, id, recorded_at, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr sql_text select_by_id = "SELECT * FROM matter_now WHERE tenant_id = ?1 AND id = ?2";
constexpr sql_text select_open = "SELECT * FROM matter_now WHERE tenant_id = ?1 AND closed_at IS NULL ORDER BY id LIMIT ?2";
constexpr sql_text select_open_of =
    "SELECT * FROM matter_now WHERE tenant_id = ?1 AND kind = ?2 AND closed_at IS NULL ORDER BY id LIMIT ?3";
constexpr sql_text select_about = "SELECT * FROM matter_now WHERE tenant_id = ?1 AND subject_id = ?2 ORDER BY id";

// A row of matter_now, which begins with the tenant.
matter_item read_matter(cursor& row) {
    return {{row.integer(1), row.text(2), row.text(3), row.integer(4), row.text(5), row.integer(6), row.text(7)},
            row.integer(8),
            row.text(9),
            row.text(10),
            row.integer(11)};
}

}  // namespace

result<void> sqlite_matters::add_matter(matter& item) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto known = within_.session_.database->number(select_known, within_.tenant(), item.key);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) {
        item.id = **known;
        return {};
    }
    item.id = within_.allot_id();
    auto written = within_.write(table::matter, insert_matter, within_.tenant(), item.id, within_.now(), item.key, item.kind,
                                 item.subject_id, item.customer_id, item.file_id, item.detail);
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("matter", item.id, nlohmann::json{{"kind", item.kind}}.dump());
}

result<void> sqlite_matters::close_matter(row_id id, std::string_view actor, std::string_view reason) {
    if (auto allowed = within_.may_write(); !allowed) return allowed;
    auto known = matter_with_id(id);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (!*known) return fail(error_code::not_found, fmt::format("nothing to see to has the id {}", format_id(id)));
    if ((*known)->closed_at != 0) return fail(error_code::already_exists, fmt::format("{} is closed already", format_id(id)));
    auto written = within_.write(table::matter_closing, insert_closing, within_.tenant(), id, within_.allot_id(), within_.now(),
                                 actor, reason);
    if (!written) return tl::unexpected(std::move(written.error()));
    return within_.append_log("matter-closed", id, "{}");
}

result<std::optional<matter_item>> sqlite_matters::matter_with_id(row_id id) {
    return within_.first_row(select_by_id, read_matter, within_.tenant(), id);
}

result<std::vector<matter_item>> sqlite_matters::open_matters(std::size_t limit) {
    return within_.rows(select_open, read_matter, within_.tenant(), static_cast<std::int64_t>(limit));
}

result<std::vector<matter_item>> sqlite_matters::open_matters_of(std::string_view kind, std::size_t limit) {
    return within_.rows(select_open_of, read_matter, within_.tenant(), kind, static_cast<std::int64_t>(limit));
}

result<std::vector<matter_item>> sqlite_matters::matters_about(row_id subject_id) {
    return within_.rows(select_about, read_matter, within_.tenant(), subject_id);
}

}  // namespace brygga::ledger::sqlite
