// The element names of UBL 2.1 that Peppol BIS Billing 3 uses, as small numbers that rules and paths compare (einvoice.md
// section 3.4).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace brygga::einvoice {

// Index of `vocabulary`, from 1; 0 is every other name.
enum class element_name : std::uint16_t { other };

namespace detail {

// clang-format off
inline constexpr std::array<std::string_view, 127> vocabulary = {
    "AccountingCost", "AccountingCustomerParty", "AccountingSupplierParty", "ActualDeliveryDate", "AdditionalDocumentReference",
    "AdditionalItemProperty", "AdditionalStreetName", "Address", "AddressLine", "AllowanceCharge", "AllowanceChargeReason",
    "AllowanceChargeReasonCode", "AllowanceTotalAmount", "Amount", "Attachment", "BaseAmount", "BaseQuantity", "BillingReference",
    "BuyerReference", "BuyersItemIdentification", "CardAccount", "ChargeIndicator", "ChargeTotalAmount", "CityName",
    "ClassifiedTaxCategory", "CommodityClassification", "CompanyID", "CompanyLegalForm", "Contact", "ContractDocumentReference",
    "Country", "CountrySubentity", "CreditNote", "CreditNoteLine", "CreditNoteTypeCode", "CreditedQuantity", "CustomizationID",
    "Delivery", "DeliveryLocation", "DeliveryParty", "Description", "DescriptionCode", "DespatchDocumentReference",
    "DocumentCurrencyCode", "DocumentDescription", "DocumentReference", "DocumentTypeCode", "DueDate", "ElectronicMail",
    "EmbeddedDocumentBinaryObject", "EndDate", "EndpointID", "ExternalReference", "FinancialInstitutionBranch", "HolderName", "ID",
    "IdentificationCode", "Invoice", "InvoiceDocumentReference", "InvoiceLine", "InvoicePeriod", "InvoiceTypeCode",
    "InvoicedQuantity", "IssueDate", "Item", "ItemClassificationCode", "LegalMonetaryTotal", "Line", "LineExtensionAmount",
    "LineID", "MultiplierFactorNumeric", "Name", "NetworkID", "Note", "OrderLineReference", "OrderReference", "OriginCountry",
    "OriginatorDocumentReference", "Party", "PartyIdentification", "PartyLegalEntity", "PartyName", "PartyTaxScheme",
    "PayableAmount", "PayableRoundingAmount", "PayeeFinancialAccount", "PayeeParty", "PayerFinancialAccount", "PaymentDueDate",
    "PaymentID", "PaymentMandate", "PaymentMeans", "PaymentMeansCode", "PaymentTerms", "Percent", "PostalAddress", "PostalZone",
    "PrepaidAmount", "Price", "PriceAmount", "PrimaryAccountNumberID", "ProfileID", "ProjectReference", "ReceiptDocumentReference",
    "RegistrationName", "SalesOrderID", "SellersItemIdentification", "StandardItemIdentification", "StartDate", "StreetName",
    "TaxAmount", "TaxCategory", "TaxCurrencyCode", "TaxExclusiveAmount", "TaxExemptionReason", "TaxExemptionReasonCode",
    "TaxInclusiveAmount", "TaxPointDate", "TaxRepresentativeParty", "TaxScheme", "TaxSubtotal", "TaxTotal", "TaxableAmount",
    "Telephone", "UBLVersionID", "URI", "Value",
};
// clang-format on
static_assert(std::is_sorted(vocabulary.begin(), vocabulary.end()));

}  // namespace detail

[[nodiscard]] constexpr element_name name_of(std::string_view text) noexcept {
    const auto found = std::lower_bound(detail::vocabulary.begin(), detail::vocabulary.end(), text);
    if (found == detail::vocabulary.end() || *found != text) return element_name::other;
    return static_cast<element_name>(found - detail::vocabulary.begin() + 1);
}

// "Percent"_el: a name that is not in the vocabulary does not compile.
consteval element_name operator""_el(const char* text, std::size_t size) {
    const element_name found = name_of({text, size});
    if (found == element_name::other) throw "no element of the vocabulary";
    return found;
}

}  // namespace brygga::einvoice
