// Customers and facilities: a change is a new version.
#include "mapping/ledger/sqlite/transaction.hpp"

namespace brygga::ledger::sqlite {

namespace {

constexpr sql_text select_customer_version =
    "SELECT version, id, content_hash FROM customer WHERE tenant_id = ?1 AND customer_id = ?2 ORDER BY version DESC LIMIT 1";
constexpr sql_text insert_customer =
    "INSERT INTO customer (tenant_id, customer_id, version, id, recorded_at, content_hash, name, identity_number, category, "
    "street, postcode, town, country_code, telephone, email, branch_code, is_foreign, estate, protected_identity) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
constexpr sql_text select_customer =
    "SELECT customer_id, name, identity_number, category, street, postcode, town, country_code, telephone, email, branch_code, "
    "is_foreign, estate, protected_identity FROM customer WHERE tenant_id = ?1 AND customer_id = ?2 "
    "ORDER BY version DESC LIMIT 1";
constexpr sql_text select_customers_by_identity =
    "SELECT customer_id, name, identity_number, category, street, postcode, town, country_code, telephone, email, branch_code, "
    "is_foreign, estate, protected_identity FROM customer c WHERE tenant_id = ?1 AND identity_number = ?2 AND version = "
    "(SELECT max(version) FROM customer v WHERE v.tenant_id = c.tenant_id AND v.customer_id = c.customer_id) "
    "ORDER BY customer_id";
constexpr sql_text select_customers =
    "SELECT customer_id, name, identity_number, category, street, postcode, town, country_code, telephone, email, branch_code, "
    "is_foreign, estate, protected_identity FROM customer c WHERE tenant_id = ?1 AND version = "
    "(SELECT max(version) FROM customer v WHERE v.tenant_id = c.tenant_id AND v.customer_id = c.customer_id) "
    "ORDER BY customer_id";

constexpr sql_text select_facility_version =
    "SELECT version, id, content_hash FROM facility WHERE tenant_id = ?1 AND facility_id = ?2 ORDER BY version DESC LIMIT 1";
constexpr sql_text insert_facility =
    "INSERT INTO facility (tenant_id, facility_id, version, id, recorded_at, content_hash, customer_id, kind, gsrn, "
    "property_designation, supply_address) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
constexpr sql_text select_facilities =
    "SELECT facility_id, customer_id, kind, gsrn, property_designation, supply_address FROM facility f "
    "WHERE tenant_id = ?1 AND version = "
    "(SELECT max(version) FROM facility v WHERE v.tenant_id = f.tenant_id AND v.facility_id = f.facility_id) "
    "ORDER BY facility_id";

constexpr sql_text select_facility =
    "SELECT facility_id, customer_id, kind, gsrn, property_designation, supply_address FROM facility "
    "WHERE tenant_id = ?1 AND facility_id = ?2 ORDER BY version DESC LIMIT 1";

struct stored_version {
    std::int64_t version{};
    row_id id{};
    std::string hash;
};

stored_version read_version(cursor& row) {
    return {row.integer(0), row.integer(1), row.text(2)};
}

customer read_customer(cursor& row) {
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
    return item;
}

facility read_facility(cursor& row) {
    return {row.text(0), row.text(1), row.as<utility>(2), row.text(3), row.text(4), row.text(5)};
}

hash_bytes hash_of(const customer& item) {
    digest hash;
    for (const std::string* field : {&item.customer_id, &item.name, &item.identity_number, &item.street, &item.postcode,
                                     &item.town, &item.country_code, &item.telephone, &item.email, &item.branch_code})
        hash.add(*field);
    hash.add(static_cast<std::int64_t>(item.category));
    for (const bool flag : {item.foreign, item.estate, item.protected_identity})
        hash.add(std::int64_t{flag});
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
    auto known = first_row(select_customer_version, read_version, tenant(), item.customer_id);
    if (!known) return tl::unexpected(std::move(known.error()));
    const hash_bytes hash = hash_of(item);
    if (*known && (*known)->hash == as_view(hash)) return put_outcome{put_kind::already_there, (*known)->id, {}};
    const row_id id = allot_id();
    const std::int64_t version = *known ? (*known)->version + 1 : 1;
    auto written = write(table::customer, insert_customer, tenant(), item.customer_id, version, id, now(), blob{as_view(hash)},
                         item.name, or_null(std::string_view(item.identity_number)), static_cast<std::int64_t>(item.category),
                         item.street, item.postcode, item.town, item.country_code, item.telephone, item.email, item.branch_code,
                         item.foreign, item.estate, item.protected_identity);
    if (!written) return tl::unexpected(std::move(written.error()));
    return put_outcome{*known ? put_kind::new_version : put_kind::inserted, id, {}};
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

}  // namespace brygga::ledger::sqlite
