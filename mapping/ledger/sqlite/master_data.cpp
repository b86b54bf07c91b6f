// Customers and facilities: a change is a new version.
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_customer_version =
    "SELECT version, id, content_hash, protected_identity FROM customer WHERE tenant_id = ?1 AND customer_id = ?2 "
    "ORDER BY version DESC LIMIT 1";
constexpr sql_text insert_customer =
    "INSERT INTO customer (tenant_id, customer_id, version, id, recorded_at, content_hash, name, identity_number, category, "
    "street, postcode, town, country_code, telephone, email, branch_code, is_foreign, estate, protected_identity) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
constexpr sql_text insert_wishes =
    "INSERT INTO customer_wishes (tenant_id, id, first_channel, endpoint_scheme, endpoint, email, email_requested, "
    "email_confirmed, is_separate) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr sql_text select_customer =
    "SELECT c.customer_id, name, identity_number, category, street, postcode, town, country_code, telephone, c.email, "
    "branch_code, "
    "is_foreign, estate, protected_identity, first_channel, endpoint_scheme, endpoint, w.email, email_requested, "
    "email_confirmed, is_separate FROM customer c LEFT JOIN customer_wishes w ON w.tenant_id = c.tenant_id AND w.id = c.id "
    "WHERE c.tenant_id = ?1 AND customer_id = ?2 "
    "ORDER BY version DESC LIMIT 1";
// By the number that is theirs now: nothing leads from an earlier one to a person (PRO-R20).
constexpr sql_text select_customers_by_identity =
    "SELECT c.customer_id, name, identity_number, category, street, postcode, town, country_code, telephone, c.email, "
    "branch_code, "
    "is_foreign, estate, protected_identity, first_channel, endpoint_scheme, endpoint, w.email, email_requested, "
    "email_confirmed, is_separate FROM customer c LEFT JOIN customer_wishes w ON w.tenant_id = c.tenant_id AND w.id = c.id "
    "WHERE c.tenant_id = ?1 AND identity_number = ?2 AND version = "
    "(SELECT max(version) FROM customer v WHERE v.tenant_id = c.tenant_id AND v.customer_id = c.customer_id) "
    "ORDER BY customer_id";
constexpr sql_text select_customers =
    "SELECT c.customer_id, name, identity_number, category, street, postcode, town, country_code, telephone, c.email, "
    "branch_code, "
    "is_foreign, estate, protected_identity, first_channel, endpoint_scheme, endpoint, w.email, email_requested, "
    "email_confirmed, is_separate FROM customer c LEFT JOIN customer_wishes w ON w.tenant_id = c.tenant_id AND w.id = c.id "
    "WHERE c.tenant_id = ?1 AND version = "
    "(SELECT max(version) FROM customer v WHERE v.tenant_id = c.tenant_id AND v.customer_id = c.customer_id) "
    "ORDER BY customer_id";

constexpr sql_text select_facility_version =
    "SELECT version, id, content_hash FROM facility WHERE tenant_id = ?1 AND facility_id = ?2 ORDER BY version DESC LIMIT 1";
constexpr sql_text insert_facility =
    "INSERT INTO facility (tenant_id, facility_id, version, id, recorded_at, content_hash, customer_id, kind, gsrn, "
    "property_designation, supply_address) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
constexpr sql_text select_facilities =
    "SELECT facility_id, customer_id, kind, gsrn, property_designation, supply_address, EXISTS (SELECT 1 FROM protected_customer "
    "p "
    "WHERE p.tenant_id = f.tenant_id AND p.customer_id = f.customer_id) FROM facility f "
    "WHERE tenant_id = ?1 AND version = "
    "(SELECT max(version) FROM facility v WHERE v.tenant_id = f.tenant_id AND v.facility_id = f.facility_id) "
    "ORDER BY facility_id";

constexpr sql_text select_known_event =
    "SELECT id FROM facility_event WHERE tenant_id = ?1 AND facility_id = ?2 AND what = ?3 AND day = ?4";
constexpr sql_text insert_event =
    "INSERT INTO facility_event (tenant_id, id, recorded_at, facility_id, what, day) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
constexpr sql_text select_newest_event =
    "SELECT max(day) FROM facility_event WHERE tenant_id = ?1 AND facility_id = ?2 AND what = ?3";
constexpr sql_text select_facility =
    "SELECT facility_id, customer_id, kind, gsrn, property_designation, supply_address, EXISTS (SELECT 1 FROM protected_customer "
    "p "
    "WHERE p.tenant_id = f.tenant_id AND p.customer_id = f.customer_id) FROM facility f "
    "WHERE tenant_id = ?1 AND facility_id = ?2 ORDER BY version DESC LIMIT 1";

struct stored_version {
    std::int64_t version{};
    row_id id{};
    std::string hash;
    bool is_protected = false;  // of a customer
};

stored_version read_version(cursor& row) {
    return {row.integer(0), row.integer(1), row.text(2), false};
}

stored_version read_customer_version(cursor& row) {
    return {row.integer(0), row.integer(1), row.text(2), row.flag(3)};
}

// As it is stored, protected or not.
customer read_stored(cursor& row) {
    customer item;
    item.customer_id = row.text(0);
    item.name = row.text(1);
    item.identity_number = row.text(2);
    item.category = row.as<customer_category>(3);
    item.street = row.text(4);
    item.postcode = row.text(5);
    item.town = row.text(6);
    item.country_code = row.text(7);
    item.telephone = row.text(8);
    item.email = row.text(9);
    item.branch_code = row.text(10);
    item.foreign = row.flag(11);
    item.estate = row.flag(12);
    item.protected_identity = row.flag(13);
    if (row.is_null(15)) return item;  // no wishes
    if (!row.is_null(14)) item.wishes.first = row.as<channel>(14);
    item.wishes.endpoint_scheme = row.text(15);
    item.wishes.endpoint = row.text(16);
    item.wishes.email = row.text(17);
    if (!row.is_null(18)) item.wishes.email_requested = row.day(18);
    if (!row.is_null(19)) item.wishes.email_confirmed = row.day(19);
    item.wishes.is_separate = row.flag(20);
    return item;
}

// As everybody may see it: of the protected, who they are to us and nothing that tells their name or where they live.
customer read_customer(cursor& row) {
    customer item = read_stored(row);
    if (!item.protected_identity) return item;
    for (std::string* sealed :
         {&item.name, &item.street, &item.postcode, &item.town, &item.country_code, &item.telephone, &item.email})
        sealed->clear();
    item.wishes = {};
    return item;
}

// The last column says whether the address is sealed.
facility read_facility(cursor& row) {
    facility item{row.text(0), row.text(1), row.as<utility>(2), row.text(3), row.text(4), row.text(5)};
    if (!row.flag(6)) return item;
    item.property_designation.clear();
    item.supply_address.clear();
    return item;
}

bool has_any(const invoice_wishes& wishes) {
    return wishes.first || !wishes.endpoint.empty() || !wishes.email.empty() || wishes.is_separate;
}

void add(digest& hash, const invoice_wishes& wishes) {
    for (const std::string* field : {&wishes.endpoint_scheme, &wishes.endpoint, &wishes.email})
        hash.add(*field);
    hash.add(wishes.first ? static_cast<std::int64_t>(*wishes.first) : -1);
    for (const auto& day : {wishes.email_requested, wishes.email_confirmed})
        hash.add(day ? to_number(*day) : -1);
    hash.add(std::int64_t{wishes.is_separate});
}

hash_bytes hash_of(const customer& item) {
    digest hash;
    for (const std::string* field : {&item.customer_id, &item.name, &item.identity_number, &item.street, &item.postcode,
                                     &item.town, &item.country_code, &item.telephone, &item.email, &item.branch_code})
        hash.add(*field);
    hash.add(static_cast<std::int64_t>(item.category));
    for (const bool flag : {item.foreign, item.estate, item.protected_identity})
        hash.add(std::int64_t{flag});
    if (has_any(item.wishes)) add(hash, item.wishes);
    return hash.finish();
}

hash_bytes hash_of(const facility& item) {
    return digest()
        .add(item.facility_id)
        .add(item.customer_id)
        .add(static_cast<std::int64_t>(item.kind))
        .add(item.gsrn)
        .add(item.property_designation)
        .add(item.supply_address)
        .finish();
}

}  // namespace

result<put_outcome> sqlite_transaction::put_customer(const customer& item) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    auto known = first_row(select_customer_version, read_customer_version, tenant(), item.customer_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    const hash_bytes hash = hash_of(item);
    if (*known && (*known)->hash == as_view(hash)) return put_outcome{put_kind::already_there, (*known)->id, {}};
    const bool was_protected = *known && (*known)->is_protected;
    if (was_protected && !item.protected_identity)
        return fail(error_code::conflict,
                    "PRO-R07: a protection is lifted by a register's answer and two persons, and no other way");
    const auto id = write_version(item, *known ? (*known)->version + 1 : 1, hash);
    if (!id) return tl::unexpected(id.error());
    if (item.protected_identity && !was_protected)
        if (auto noted = protections_.note_flag(item.customer_id); !noted) return tl::unexpected(std::move(noted.error()));
    return put_outcome{*known ? put_kind::new_version : put_kind::inserted, *id, {}};
}

result<row_id> sqlite_transaction::write_version(const customer& item, std::int64_t version, const hash_bytes& hash) {
    const row_id id = allot_id();
    auto written = write(table::customer, insert_customer, tenant(), item.customer_id, version, id, now(), blob{as_view(hash)},
                         item.name, or_null(std::string_view(item.identity_number)), static_cast<std::int64_t>(item.category),
                         item.street, item.postcode, item.town, item.country_code, item.telephone, item.email, item.branch_code,
                         item.foreign, item.estate, item.protected_identity);
    if (written && has_any(item.wishes))
        written = write(table::customer_wishes, insert_wishes, tenant(), id, as_number(item.wishes.first),
                        item.wishes.endpoint_scheme, item.wishes.endpoint, item.wishes.email, item.wishes.email_requested,
                        item.wishes.email_confirmed, item.wishes.is_separate);
    if (!written) return tl::unexpected(std::move(written.error()));
    return id;
}

result<void> sqlite_transaction::write_flag(std::string_view customer_id, bool is_protected) {
    const auto known = first_row(select_customer_version, read_customer_version, tenant(), customer_id);
    if (!known) return tl::unexpected(known.error());
    auto stored = first_row(select_customer, read_stored, tenant(), customer_id);
    if (!stored) return tl::unexpected(std::move(stored.error()));
    if (!*known || !*stored) return fail(error_code::not_found, "there is no such customer");
    if ((*stored)->protected_identity == is_protected) return {};
    (*stored)->protected_identity = is_protected;
    const auto id = write_version(**stored, (*known)->version + 1, hash_of(**stored));
    return id ? result<void>{} : tl::unexpected(id.error());
}

result<put_outcome> sqlite_transaction::put_facility(const facility& item) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    auto known = first_row(select_facility_version, read_version, tenant(), item.facility_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    const hash_bytes hash = hash_of(item);
    if (*known && (*known)->hash == as_view(hash)) return put_outcome{put_kind::already_there, (*known)->id, {}};
    const row_id id = allot_id();
    const std::int64_t version = *known ? (*known)->version + 1 : 1;
    auto written =
        write(table::facility, insert_facility, tenant(), item.facility_id, version, id, now(), blob{as_view(hash)},
              item.customer_id, static_cast<std::int64_t>(item.kind), item.gsrn, item.property_designation, item.supply_address);
    if (!written) return tl::unexpected(std::move(written.error()));
    return put_outcome{*known ? put_kind::new_version : put_kind::inserted, id, {}};
}

result<std::optional<customer>> sqlite_transaction::find_customer(std::string_view customer_id) {
    return first_row(select_customer, read_customer, tenant(), customer_id);
}

result<std::vector<customer>> sqlite_transaction::customers_with_identity(std::string_view identity_number) {
    return rows(select_customers_by_identity, read_customer, tenant(), identity_number);
}

result<void> sqlite_transaction::each_customer(const visitor<customer>& visit) {
    return visit_rows(
        select_customers, [&](cursor& row) { return visit(read_customer(row)); }, tenant());
}

result<void> sqlite_transaction::each_facility(const visitor<facility>& visit) {
    return visit_rows(
        select_facilities, [&](cursor& row) { return visit(read_facility(row)); }, tenant());
}

result<std::optional<facility>> sqlite_transaction::find_facility(std::string_view facility_id) {
    return first_row(select_facility, read_facility, tenant(), facility_id);
}

result<put_outcome> sqlite_transaction::put_facility_event(const facility_event& item) {
    auto allowed = may_write();
    if (!allowed) return tl::unexpected(std::move(allowed.error()));
    const auto what = static_cast<std::int64_t>(item.what);
    auto known = session_.database->number(select_known_event, tenant(), item.facility_id, what, item.day);
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) return put_outcome{put_kind::already_there, **known, {}};
    const row_id id = allot_id();
    auto written = write(table::facility_event, insert_event, tenant(), id, now(), item.facility_id, what, item.day);
    if (!written) return tl::unexpected(std::move(written.error()));
    return put_outcome{put_kind::inserted, id, {}};
}

result<std::optional<date>> sqlite_transaction::newest_event(std::string_view facility_id, facility_happening what) {
    auto day = session_.database->number(select_newest_event, tenant(), facility_id, static_cast<std::int64_t>(what));
    if (!day) return tl::unexpected(std::move(day.error()));
    return *day ? std::optional(to_date(**day)) : std::nullopt;
}

}  // namespace brygga::ledger::sqlite
