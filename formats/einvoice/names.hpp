// The element names of Peppol BIS Billing 3 (UBL 2.1) and of Svefaktura 1.0 (UBL 1.0), as small numbers that rules and paths
// compare (einvoice.md sections 3.3 and 3.4). Some are names in both.
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
inline constexpr std::array<std::string_view, 182> vocabulary = {
    "AccountingCost", "AccountingCustomerParty", "AccountingSupplierParty", "AccountsContact", "ActualDeliveryDate",
    "ActualDeliveryDateTime", "AdditionalDocumentReference", "AdditionalItemProperty", "AdditionalStreetName", "Address",
    "AddressLine", "AllowanceCharge", "AllowanceChargeBaseAmount", "AllowanceChargeReason", "AllowanceChargeReasonCode",
    "AllowanceTotalAmount", "Amount", "Attachment", "BaseAmount", "BasePrice", "BaseQuantity", "BillingReference", "BuyerParty",
    "BuyerReference", "BuyersID", "BuyersItemIdentification", "BuyersLineID", "CalculationRate", "CardAccount", "ChargeIndicator",
    "ChargeTotalAmount", "CityName", "ClassifiedTaxCategory", "CommodityClassification", "CompanyID", "CompanyLegalForm", "Contact",
    "ContractDocumentReference", "Country", "CountrySubentity", "CreationDateTime", "CreditNote", "CreditNoteLine",
    "CreditNoteTypeCode", "CreditedQuantity", "CustomizationID", "Date", "Delivery", "DeliveryAddress", "DeliveryLocation",
    "DeliveryParty", "DeliveryTerms", "Department", "Description", "DescriptionCode", "DespatchDocumentReference",
    "DespatchLineReference", "DocumentCurrencyCode", "DocumentDescription", "DocumentID", "DocumentReference", "DocumentType",
    "DocumentTypeCode", "DueDate", "DuePaymentDate", "ElectronicMail", "EmbeddedDocumentBinaryObject", "EncodedData",
    "EncodedObject", "EndDate", "EndDateTime", "EndpointID", "ExchangeRate", "ExemptionReason", "ExternalReference",
    "FinancialInstitution", "FinancialInstitutionBranch", "HolderName", "ID", "IdentificationCode",
    "InitialInvoiceDocumentReference", "InitialInvoiceTaxAmount", "Invoice", "InvoiceCurrencyCode", "InvoiceDocumentReference",
    "InvoiceLine", "InvoicePeriod", "InvoiceTypeCode", "InvoicedQuantity", "InvoicingPeriod", "IssueDate", "IssuerID", "Item",
    "ItemClassificationCode", "LegalMonetaryTotal", "LegalTotal", "Line", "LineExtensionAmount", "LineExtensionTotalAmount",
    "LineID", "LineItemCountNumeric", "MultiplierFactorNumeric", "Name", "NetworkID", "Note", "ObjectEnvelope", "ObjectID",
    "OrderLineReference", "OrderReference", "OriginCountry", "OriginatorDocumentReference", "Party", "PartyIdentification",
    "PartyLegalEntity", "PartyName", "PartyTaxScheme", "PayableAmount", "PayableRoundingAmount", "PayeeFinancialAccount",
    "PayeeParty", "PayeePartyName", "PayerFinancialAccount", "PaymentDueDate", "PaymentID", "PaymentInstructionID",
    "PaymentMandate", "PaymentMeans", "PaymentMeansCode", "PaymentMeansTypeCode", "PaymentTerms", "PenaltySurchargePercent",
    "Percent", "PostalAddress", "PostalZone", "Postbox", "PrepaidAmount", "Price", "PriceAmount", "PrimaryAccountNumberID",
    "ProfileID", "ProjectReference", "ReasonCode", "ReceiptDocumentReference", "RegistrationAddress", "RegistrationName",
    "RequisitionistDocumentReference", "RoundOffAmount", "SalesOrderID", "SellerParty", "SellersItemIdentification",
    "SourceCurrencyBaseRate", "SourceCurrencyCode", "SpecialTerms", "StandardItemIdentification", "StartDate", "StartDateTime",
    "StreetName", "TargetCurrencyCode", "TargetUnitBaseRate", "TaxAmount", "TaxCategory", "TaxCurrencyCode", "TaxCurrencyTaxAmount",
    "TaxExclusiveAmount", "TaxExclusiveTotalAmount", "TaxExemptionReason", "TaxExemptionReasonCode", "TaxInclusiveAmount",
    "TaxInclusiveTotalAmount", "TaxPointDate", "TaxRepresentativeParty", "TaxScheme", "TaxSubTotal", "TaxSubtotal", "TaxTotal",
    "TaxableAmount", "Telefax", "Telephone", "TotalTaxAmount", "UBLVersionID", "URI", "Value",
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
