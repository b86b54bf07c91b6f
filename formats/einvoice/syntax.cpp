#include "formats/einvoice/syntax.hpp"

#include <algorithm>
#include <array>

namespace brygga::einvoice {

namespace {

// clang-format off
constexpr syntax_row invoice_rows[] = {
    {0, "cbc:CustomizationID", 1, 1, "BT-24", "specification identifier"},
    {0, "cbc:ProfileID", 1, 1, "BT-23", "business process type"},
    {0, "cbc:ID", 1, 1, "BT-1", "invoice number"},
    {0, "cbc:IssueDate", 1, 1, "BT-2", "invoice issue date"},
    {0, "cbc:DueDate", 0, 1, "BT-9", "payment due date"},
    {0, "cbc:InvoiceTypeCode", 1, 1, "BT-3", "invoice type code"},
    {0, "cbc:Note", 0, 1, "BT-22", "invoice note"},
    {0, "cbc:TaxPointDate", 0, 1, "BT-7", "value added tax point date"},
    {0, "cbc:DocumentCurrencyCode", 1, 1, "BT-5", "invoice currency code"},
    {0, "cbc:TaxCurrencyCode", 0, 1, "BT-6", "vat accounting currency code"},
    {0, "cbc:AccountingCost", 0, 1, "BT-19", "buyer accounting reference"},
    {0, "cbc:BuyerReference", 0, 1, "BT-10", "buyer reference"},
    {0, "cac:InvoicePeriod", 0, 1, "BG-14", "delivery or invoice period"},
    {1, "cbc:StartDate", 0, 1, "BT-73", "invoicing period start date"},
    {1, "cbc:EndDate", 0, 1, "BT-74", "invoicing period end date"},
    {1, "cbc:DescriptionCode", 0, 1, "BT-8", "value added tax point date code"},
    {0, "cac:OrderReference", 0, 1, "", "order and sales order reference"},
    {1, "cbc:ID", 1, 1, "BT-13", "purchase order reference"},
    {1, "cbc:SalesOrderID", 0, 1, "BT-14", "sales order reference"},
    {0, "cac:BillingReference", 0, 0, "BG-3", "preceding invoice reference"},
    {1, "cac:InvoiceDocumentReference", 1, 1, "", "invoice document reference"},
    {2, "cbc:ID", 1, 1, "BT-25", "preceding invoice number"},
    {2, "cbc:IssueDate", 0, 1, "BT-26", "preceding invoice issue date"},
    {0, "cac:DespatchDocumentReference", 0, 1, "", "despatch advice reference"},
    {1, "cbc:ID", 1, 1, "BT-16", "despatch advice reference"},
    {0, "cac:ReceiptDocumentReference", 0, 1, "", "receipt advice reference"},
    {1, "cbc:ID", 1, 1, "BT-15", "receiving advice reference"},
    {0, "cac:OriginatorDocumentReference", 0, 1, "", "tender or lot reference"},
    {1, "cbc:ID", 1, 1, "BT-17", "tender or lot reference"},
    {0, "cac:ContractDocumentReference", 0, 1, "", "contract reference"},
    {1, "cbc:ID", 1, 1, "BT-12", "contract reference"},
    {0, "cac:AdditionalDocumentReference", 0, 0, "BG-24", "additional supporting documents"},
    {1, "cbc:ID", 1, 1, "BT-18, BT-122", "invoiced object identifier, supporting document reference"},
    {2, "@schemeID", 0, 1, "", "scheme identifier"},
    {1, "cbc:DocumentTypeCode", 0, 1, "BT-18", "document type code"},
    {1, "cbc:DocumentDescription", 0, 1, "BT-123", "supporting document description"},
    {1, "cac:Attachment", 0, 1, "", "attachment"},
    {2, "cbc:EmbeddedDocumentBinaryObject", 0, 1, "BT-125", "attached document"},
    {3, "@mimeCode", 1, 1, "", "attached document mime code"},
    {3, "@filename", 1, 1, "", "attached document filename"},
    {2, "cac:ExternalReference", 0, 1, "", "external reference"},
    {3, "cbc:URI", 1, 1, "BT-124", "external document location"},
    {0, "cac:ProjectReference", 0, 1, "", "project reference"},
    {1, "cbc:ID", 1, 1, "BT-11", "project reference"},
    {0, "cac:AccountingSupplierParty", 1, 1, "BG-4", "seller"},
    {1, "cac:Party", 1, 1, "", "party"},
    {2, "cbc:EndpointID", 1, 1, "BT-34", "seller electronic address"},
    {3, "@schemeID", 1, 1, "", "seller electronic address identification scheme identifier"},
    {2, "cac:PartyIdentification", 0, 0, "", "party identification"},
    {3, "cbc:ID", 1, 1, "BT-29, BT-90", "seller identifier or bank assigned creditor identifier"},
    {4, "@schemeID", 0, 1, "", "seller or bank assigned creditor identifier identification scheme identifier"},
    {2, "cac:PartyName", 0, 1, "", "party name"},
    {3, "cbc:Name", 1, 1, "BT-28", "seller trading name"},
    {2, "cac:PostalAddress", 1, 1, "BG-5", "seller postal address"},
    {3, "cbc:StreetName", 0, 1, "BT-35", "seller address line 1"},
    {3, "cbc:AdditionalStreetName", 0, 1, "BT-36", "seller address line 2"},
    {3, "cbc:CityName", 0, 1, "BT-37", "seller city"},
    {3, "cbc:PostalZone", 0, 1, "BT-38", "seller post code"},
    {3, "cbc:CountrySubentity", 0, 1, "BT-39", "seller country subdivision"},
    {3, "cac:AddressLine", 0, 1, "", "address line"},
    {4, "cbc:Line", 1, 1, "BT-162", "seller address line 3"},
    {3, "cac:Country", 1, 1, "", "country"},
    {4, "cbc:IdentificationCode", 1, 1, "BT-40", "seller country code"},
    {2, "cac:PartyTaxScheme", 0, 2, "", "party vat/tax identifiers"},
    {3, "cbc:CompanyID", 1, 1, "BT-31, BT-32", "seller vat identifier, seller tax registration identifier"},
    {3, "cac:TaxScheme", 1, 1, "", "tax scheme"},
    {4, "cbc:ID", 1, 1, "", "tax scheme, VAT (seller may also have TAX)"},
    {2, "cac:PartyLegalEntity", 1, 1, "", "party legal entity"},
    {3, "cbc:RegistrationName", 1, 1, "BT-27", "seller name"},
    {3, "cbc:CompanyID", 0, 1, "BT-30", "seller legal registration identifier"},
    {4, "@schemeID", 0, 1, "", "seller legal registration identifier identification scheme identifier"},
    {3, "cbc:CompanyLegalForm", 0, 1, "BT-33", "seller additional legal information"},
    {2, "cac:Contact", 0, 1, "BG-6", "seller contact"},
    {3, "cbc:Name", 0, 1, "BT-41", "seller contact point"},
    {3, "cbc:Telephone", 0, 1, "BT-42", "seller contact telephone number"},
    {3, "cbc:ElectronicMail", 0, 1, "BT-43", "seller contact email address"},
    {0, "cac:AccountingCustomerParty", 1, 1, "BG-7", "buyer"},
    {1, "cac:Party", 1, 1, "", "party"},
    {2, "cbc:EndpointID", 1, 1, "BT-49", "buyer electronic address"},
    {3, "@schemeID", 1, 1, "", "buyer electronic address identification scheme identifier"},
    {2, "cac:PartyIdentification", 0, 1, "", "party identification"},
    {3, "cbc:ID", 1, 1, "BT-46", "buyer identifier"},
    {4, "@schemeID", 0, 1, "", "buyer identifier identification scheme identifier"},
    {2, "cac:PartyName", 0, 1, "", "party name"},
    {3, "cbc:Name", 1, 1, "BT-45", "buyer trading name"},
    {2, "cac:PostalAddress", 1, 1, "BG-8", "buyer postal address"},
    {3, "cbc:StreetName", 0, 1, "BT-50", "buyer address line 1"},
    {3, "cbc:AdditionalStreetName", 0, 1, "BT-51", "buyer address line 2"},
    {3, "cbc:CityName", 0, 1, "BT-52", "buyer city"},
    {3, "cbc:PostalZone", 0, 1, "BT-53", "buyer post code"},
    {3, "cbc:CountrySubentity", 0, 1, "BT-54", "buyer country subdivision"},
    {3, "cac:AddressLine", 0, 1, "", "address line"},
    {4, "cbc:Line", 1, 1, "BT-163", "buyer address line 3"},
    {3, "cac:Country", 1, 1, "", "country"},
    {4, "cbc:IdentificationCode", 1, 1, "BT-55", "buyer country code"},
    {2, "cac:PartyTaxScheme", 0, 1, "", "party vat identifier"},
    {3, "cbc:CompanyID", 1, 1, "BT-48", "buyer vat identifier"},
    {3, "cac:TaxScheme", 1, 1, "", "tax scheme"},
    {4, "cbc:ID", 1, 1, "", "value VAT"},
    {2, "cac:PartyLegalEntity", 1, 1, "", "party legal entity"},
    {3, "cbc:RegistrationName", 1, 1, "BT-44", "buyer name"},
    {3, "cbc:CompanyID", 0, 1, "BT-47", "buyer legal registration identifier"},
    {4, "@schemeID", 0, 1, "", "buyer legal registration identifier identification scheme identifier"},
    {2, "cac:Contact", 0, 1, "BG-9", "buyer contact"},
    {3, "cbc:Name", 0, 1, "BT-56", "buyer contact point"},
    {3, "cbc:Telephone", 0, 1, "BT-57", "buyer contact telephone number"},
    {3, "cbc:ElectronicMail", 0, 1, "BT-58", "buyer contact email address"},
    {0, "cac:PayeeParty", 0, 1, "BG-10", "payee"},
    {1, "cac:PartyIdentification", 0, 1, "", "party identification"},
    {2, "cbc:ID", 1, 1, "BT-60, BT-90", "payee identifier or bank assigned creditor identifier"},
    {3, "@schemeID", 0, 1, "", "payee or bank assigned creditor identifier identification scheme identifier"},
    {1, "cac:PartyName", 1, 1, "", "party name"},
    {2, "cbc:Name", 1, 1, "BT-59", "payee name"},
    {1, "cac:PartyLegalEntity", 0, 1, "", "party legal entity"},
    {2, "cbc:CompanyID", 1, 1, "BT-61", "payee legal registration identifier"},
    {3, "@schemeID", 0, 1, "", "payee legal registration identifier identification scheme identifier"},
    {0, "cac:TaxRepresentativeParty", 0, 1, "BG-11", "seller tax representative party"},
    {1, "cac:PartyName", 1, 1, "", "party name"},
    {2, "cbc:Name", 1, 1, "BT-62", "seller tax representative name"},
    {1, "cac:PostalAddress", 1, 1, "BG-12", "seller tax representative postal address"},
    {2, "cbc:StreetName", 0, 1, "BT-64", "tax representative address line 1"},
    {2, "cbc:AdditionalStreetName", 0, 1, "BT-65", "tax representative address line 2"},
    {2, "cbc:CityName", 0, 1, "BT-66", "tax representative city"},
    {2, "cbc:PostalZone", 0, 1, "BT-67", "tax representative post code"},
    {2, "cbc:CountrySubentity", 0, 1, "BT-68", "tax representative country subdivision"},
    {2, "cac:AddressLine", 0, 1, "", "address line"},
    {3, "cbc:Line", 1, 1, "BT-164", "tax representative address line 3"},
    {2, "cac:Country", 1, 1, "", "country"},
    {3, "cbc:IdentificationCode", 1, 1, "BT-69", "tax representative country code"},
    {1, "cac:PartyTaxScheme", 1, 1, "", "party vat identifier"},
    {2, "cbc:CompanyID", 1, 1, "BT-63", "seller tax representative vat identifier"},
    {2, "cac:TaxScheme", 1, 1, "", "tax scheme"},
    {3, "cbc:ID", 1, 1, "", "value VAT"},
    {0, "cac:Delivery", 0, 1, "BG-13", "delivery information"},
    {1, "cbc:ActualDeliveryDate", 0, 1, "BT-72", "actual delivery date"},
    {1, "cac:DeliveryLocation", 0, 1, "", ""},
    {2, "cbc:ID", 0, 1, "BT-71", "deliver to location identifier"},
    {3, "@schemeID", 0, 1, "", "deliver to location identifier identification scheme identifier"},
    {2, "cac:Address", 0, 1, "BG-15", "deliver to address"},
    {3, "cbc:StreetName", 0, 1, "BT-75", "deliver to address line 1"},
    {3, "cbc:AdditionalStreetName", 0, 1, "BT-76", "deliver to address line 2"},
    {3, "cbc:CityName", 0, 1, "BT-77", "deliver to city"},
    {3, "cbc:PostalZone", 0, 1, "BT-78", "deliver to post code"},
    {3, "cbc:CountrySubentity", 0, 1, "BT-79", "deliver to country subdivision"},
    {3, "cac:AddressLine", 0, 1, "", "address line"},
    {4, "cbc:Line", 1, 1, "BT-165", "deliver to address line 3"},
    {3, "cac:Country", 1, 1, "", "country"},
    {4, "cbc:IdentificationCode", 1, 1, "BT-80", "deliver to country code"},
    {1, "cac:DeliveryParty", 0, 1, "", "deliver party"},
    {2, "cac:PartyName", 1, 1, "", "party name"},
    {3, "cbc:Name", 1, 1, "BT-70", "deliver to party name"},
    {0, "cac:PaymentMeans", 0, 0, "BG-16", "payment instructions"},
    {1, "cbc:PaymentMeansCode", 1, 1, "BT-81", "payment means type code"},
    {2, "@name", 0, 1, "BT-82", "payment means text"},
    {1, "cbc:PaymentID", 0, 1, "BT-83", "remittance information"},
    {1, "cac:CardAccount", 0, 1, "BG-18", "payment card information"},
    {2, "cbc:PrimaryAccountNumberID", 1, 1, "BT-87", "payment card primary account number"},
    {2, "cbc:NetworkID", 1, 1, "", "card network"},
    {2, "cbc:HolderName", 0, 1, "BT-88", "payment card holder name"},
    {1, "cac:PayeeFinancialAccount", 0, 1, "BG-17", "credit transfer"},
    {2, "cbc:ID", 1, 1, "BT-84", "payment account identifier"},
    {2, "cbc:Name", 0, 1, "BT-85", "payment account name"},
    {2, "cac:FinancialInstitutionBranch", 0, 1, "", "financial institution branch"},
    {3, "cbc:ID", 1, 1, "BT-86", "payment service provider identifier"},
    {1, "cac:PaymentMandate", 0, 1, "BG-19", "direct debit"},
    {2, "cbc:ID", 0, 1, "BT-89", "mandate reference identifier"},
    {2, "cac:PayerFinancialAccount", 0, 1, "", "payer financial account"},
    {3, "cbc:ID", 1, 1, "BT-91", "debited account identifier"},
    {0, "cac:PaymentTerms", 0, 1, "", "payment terms"},
    {1, "cbc:Note", 1, 1, "BT-20", "payment terms"},
    {0, "cac:AllowanceCharge", 0, 0, "BG-20, BG-21", "document level allowances and charges"},
    {1, "cbc:ChargeIndicator", 1, 1, "", "true charge, false allowance"},
    {1, "cbc:AllowanceChargeReasonCode", 0, 1, "BT-98, BT-105", "document level allowance or charge reason code"},
    {1, "cbc:AllowanceChargeReason", 0, 1, "BT-97, BT-104", "document level allowance or charge reason"},
    {1, "cbc:MultiplierFactorNumeric", 0, 1, "BT-94, BT-101", "document level allowance or charge percentage"},
    {1, "cbc:Amount", 1, 1, "BT-92, BT-99", "document level allowance or charge amount"},
    {1, "cbc:BaseAmount", 0, 1, "BT-93, BT-100", "document level allowance or charge base amount"},
    {1, "cac:TaxCategory", 1, 1, "", "tax category"},
    {2, "cbc:ID", 1, 1, "BT-95, BT-102", "document level allowance or charge vat category code"},
    {2, "cbc:Percent", 0, 1, "BT-96, BT-103", "document level allowance or charge vat rate"},
    {2, "cac:TaxScheme", 1, 1, "", "tax scheme"},
    {3, "cbc:ID", 1, 1, "", "value VAT"},
    {0, "cac:TaxTotal", 1, 2, "", "tax total"},
    {1, "cbc:TaxAmount", 1, 1, "BT-110, BT-111", "invoice total vat amount, invoice total vat amount in accounting currency"},
    {1, "cac:TaxSubtotal", 0, 0, "BG-23", "vat breakdown"},
    {2, "cbc:TaxableAmount", 1, 1, "BT-116", "vat category taxable amount"},
    {2, "cbc:TaxAmount", 1, 1, "BT-117", "vat category tax amount"},
    {2, "cac:TaxCategory", 1, 1, "", "vat category"},
    {3, "cbc:ID", 1, 1, "BT-118", "vat category code"},
    {3, "cbc:Percent", 0, 1, "BT-119", "vat category rate"},
    {3, "cbc:TaxExemptionReasonCode", 0, 1, "BT-121", "vat exemption reason code"},
    {3, "cbc:TaxExemptionReason", 0, 1, "BT-120", "vat exemption reason text"},
    {3, "cac:TaxScheme", 1, 1, "", "tax scheme"},
    {4, "cbc:ID", 1, 1, "", "value VAT"},
    {0, "cac:LegalMonetaryTotal", 1, 1, "BG-22", "document totals"},
    {1, "cbc:LineExtensionAmount", 1, 1, "BT-106", "sum of invoice line net amount"},
    {1, "cbc:TaxExclusiveAmount", 1, 1, "BT-109", "invoice total amount without vat"},
    {1, "cbc:TaxInclusiveAmount", 1, 1, "BT-112", "invoice total amount with vat"},
    {1, "cbc:AllowanceTotalAmount", 0, 1, "BT-107", "sum of allowances on document level"},
    {1, "cbc:ChargeTotalAmount", 0, 1, "BT-108", "sum of charges on document level"},
    {1, "cbc:PrepaidAmount", 0, 1, "BT-113", "paid amount"},
    {1, "cbc:PayableRoundingAmount", 0, 1, "BT-114", "rounding amount"},
    {1, "cbc:PayableAmount", 1, 1, "BT-115", "amount due for payment"},
    {0, "cac:InvoiceLine", 1, 0, "BG-25", "invoice line"},
    {1, "cbc:ID", 1, 1, "BT-126", "invoice line identifier"},
    {1, "cbc:Note", 0, 1, "BT-127", "invoice line note"},
    {1, "cbc:InvoicedQuantity", 1, 1, "BT-129", "invoiced quantity"},
    {2, "@unitCode", 1, 1, "BT-130", "invoiced quantity unit of measure"},
    {1, "cbc:LineExtensionAmount", 1, 1, "BT-131", "invoice line net amount"},
    {1, "cbc:AccountingCost", 0, 1, "BT-133", "invoice line buyer accounting reference"},
    {1, "cac:InvoicePeriod", 0, 1, "BG-26", "invoice line period"},
    {2, "cbc:StartDate", 0, 1, "BT-134", "invoice line period start date"},
    {2, "cbc:EndDate", 0, 1, "BT-135", "invoice line period end date"},
    {1, "cac:OrderLineReference", 0, 1, "", "order line reference"},
    {2, "cbc:LineID", 1, 1, "BT-132", "referenced purchase order line reference"},
    {1, "cac:DocumentReference", 0, 1, "", "line object identifier"},
    {2, "cbc:ID", 1, 1, "BT-128", "invoice line object identifier"},
    {3, "@schemeID", 0, 1, "", "invoice line object identifier identification scheme identifier"},
    {2, "cbc:DocumentTypeCode", 1, 1, "BT-128", "document type code"},
    {1, "cac:AllowanceCharge", 0, 0, "BG-27, BG-28", "invoice line allowances or charges"},
    {2, "cbc:ChargeIndicator", 1, 1, "", "true charge, false allowance"},
    {2, "cbc:AllowanceChargeReasonCode", 0, 1, "BT-140, BT-145", "line level allowance or charge reason code"},
    {2, "cbc:AllowanceChargeReason", 0, 1, "BT-139, BT-144", "line level allowance or charge reason"},
    {2, "cbc:MultiplierFactorNumeric", 0, 1, "BT-138, BT-143", "line level allowance or charge percentage"},
    {2, "cbc:Amount", 1, 1, "BT-136, BT-141", "line level allowance or charge amount"},
    {2, "cbc:BaseAmount", 0, 1, "BT-137, BT-142", "line level allowance or charge base amount"},
    {1, "cac:Item", 1, 1, "BG-31", "item information"},
    {2, "cbc:Description", 0, 1, "BT-154", "item description"},
    {2, "cbc:Name", 1, 1, "BT-153", "item name"},
    {2, "cac:BuyersItemIdentification", 0, 1, "", "buyers item identification"},
    {3, "cbc:ID", 1, 1, "BT-156", "item buyer's identifier"},
    {2, "cac:SellersItemIdentification", 0, 1, "", "sellers item identification"},
    {3, "cbc:ID", 1, 1, "BT-155", "item seller's identifier"},
    {2, "cac:StandardItemIdentification", 0, 1, "", "standard item identification"},
    {3, "cbc:ID", 1, 1, "BT-157", "item standard identifier"},
    {4, "@schemeID", 1, 1, "", "item standard identifier identification scheme identifier"},
    {2, "cac:OriginCountry", 0, 1, "", "origin country"},
    {3, "cbc:IdentificationCode", 1, 1, "BT-159", "item country of origin"},
    {2, "cac:CommodityClassification", 0, 0, "", "commodity classification"},
    {3, "cbc:ItemClassificationCode", 1, 1, "BT-158", "item classification identifier"},
    {4, "@listID", 1, 1, "", "item classification identifier identification scheme identifier"},
    {4, "@listVersionID", 0, 1, "", "item classification identifier version identification scheme identifier"},
    {2, "cac:ClassifiedTaxCategory", 1, 1, "BG-30", "line vat information"},
    {3, "cbc:ID", 1, 1, "BT-151", "invoiced item vat category code"},
    {3, "cbc:Percent", 0, 1, "BT-152", "invoiced item vat rate"},
    {3, "cac:TaxScheme", 1, 1, "", "tax scheme"},
    {4, "cbc:ID", 1, 1, "", "value VAT"},
    {2, "cac:AdditionalItemProperty", 0, 0, "BG-32", "item attributes"},
    {3, "cbc:Name", 1, 1, "BT-160", "item attribute name"},
    {3, "cbc:Value", 1, 1, "BT-161", "item attribute value"},
    {1, "cac:Price", 1, 1, "BG-29", "price details"},
    {2, "cbc:PriceAmount", 1, 1, "BT-146", "item net price"},
    {2, "cbc:BaseQuantity", 0, 1, "BT-149", "item price base quantity"},
    {3, "@unitCode", 0, 1, "", "item price base quantity unit of measure code"},
    {2, "cac:AllowanceCharge", 0, 1, "", "allowance"},
    {3, "cbc:ChargeIndicator", 1, 1, "", "value false"},
    {3, "cbc:Amount", 1, 1, "BT-147", "item price discount"},
    {3, "cbc:BaseAmount", 0, 1, "BT-148", "item gross price"},
};
// clang-format on

vocabulary_part part_of(std::string_view qualified) {
    if (qualified.starts_with("cac:")) return vocabulary_part::aggregate;
    return qualified.starts_with("cbc:") ? vocabulary_part::basic : vocabulary_part::root;
}

class syntax_maker {
 public:
    syntax_maker(std::span<const syntax_row> rows, const syntax_attribute& currency, const syntax_attribute& unit)
        : left_(rows), currency_(currency), unit_(unit) {}

    void add_rows(syntax_node& to, std::size_t depth) {
        while (!left_.empty() && left_.front().depth == depth) {
            const syntax_row now = left_.front();
            left_ = left_.subspan(1);
            if (now.qualified.starts_with('@'))
                to.attributes.push_back({now.qualified.substr(1), now.least != 0, now.meaning});
            else
                add_element(to, now);
        }
    }

 private:
    void add_element(syntax_node& to, const syntax_row& from) {
        const std::string_view local = from.qualified.substr(from.qualified.find(':') + 1);
        syntax_node made;
        made.is = name_of(local);
        made.part = part_of(from.qualified);
        made.least = from.least;
        made.most = from.most;
        made.terms = from.terms;
        made.meaning = from.meaning;
        if (local.ends_with("Amount")) made.attributes.push_back(currency_);
        if (local.ends_with("Quantity") && !unit_.name.empty()) made.attributes.push_back(unit_);
        add_rows(made, from.depth + 1);
        to.children.push_back(std::move(made));
    }

    std::span<const syntax_row> left_;
    syntax_attribute currency_, unit_;
};

syntax_node make_invoice() {
    return syntax_from("Invoice"_el, "invoice", invoice_rows, {"currencyID", true, "currency"}, {});
}

syntax_node* find(syntax_node& in, element_name which) {
    const auto found =
        std::find_if(in.children.begin(), in.children.end(), [which](const syntax_node& each) { return each.is == which; });
    return found == in.children.end() ? nullptr : &*found;
}

// The head of a credit note has an order of its own; what follows stands as in an invoice.
constexpr std::array credit_note_head = {
    "CustomizationID"_el,
    "ProfileID"_el,
    "ID"_el,
    "IssueDate"_el,
    "TaxPointDate"_el,
    "CreditNoteTypeCode"_el,
    "Note"_el,
    "DocumentCurrencyCode"_el,
    "TaxCurrencyCode"_el,
    "AccountingCost"_el,
    "BuyerReference"_el,
    "InvoicePeriod"_el,
    "OrderReference"_el,
    "BillingReference"_el,
    "DespatchDocumentReference"_el,
    "ReceiptDocumentReference"_el,
    "ContractDocumentReference"_el,
    "AdditionalDocumentReference"_el,
    "OriginatorDocumentReference"_el,
};

syntax_node make_credit_note() {
    syntax_node out = invoice_syntax();
    out.is = "CreditNote"_el;
    out.meaning = "credit note";
    std::erase_if(out.children,
                  [](const syntax_node& each) { return each.is == "DueDate"_el || each.is == "ProjectReference"_el; });
    find(out, "InvoiceTypeCode"_el)->is = "CreditNoteTypeCode"_el;
    syntax_node& line = *find(out, "InvoiceLine"_el);
    line.is = "CreditNoteLine"_el;
    find(line, "InvoicedQuantity"_el)->is = "CreditedQuantity"_el;
    auto& means = find(out, "PaymentMeans"_el)->children;
    syntax_node due;
    due.is = "PaymentDueDate"_el;
    due.most = 1;
    due.terms = "BT-9";
    due.part = vocabulary_part::basic;
    due.meaning = "payment due date";
    means.insert(means.begin() + 1, std::move(due));
    const auto rank = [](const syntax_node& each) {
        return std::find(credit_note_head.begin(), credit_note_head.end(), each.is) - credit_note_head.begin();
    };
    std::stable_sort(out.children.begin(), out.children.end(),
                     [&](const syntax_node& a, const syntax_node& b) { return rank(a) < rank(b); });
    return out;
}

}  // namespace

syntax_node syntax_from(element_name root, std::string_view meaning, std::span<const syntax_row> rows,
                        const syntax_attribute& currency, const syntax_attribute& unit) {
    syntax_node out;
    out.is = root;
    out.part = vocabulary_part::root;
    out.least = out.most = 1;
    out.meaning = meaning;
    syntax_maker(rows, currency, unit).add_rows(out, 0);
    return out;
}

const syntax_node* syntax_node::child(element_name which) const noexcept {
    const auto found =
        std::find_if(children.begin(), children.end(), [which](const syntax_node& each) { return each.is == which; });
    return found == children.end() ? nullptr : &*found;
}

const syntax_node& invoice_syntax() {
    static const syntax_node made = make_invoice();
    return made;
}

const syntax_node& credit_note_syntax() {
    static const syntax_node made = make_credit_note();
    return made;
}

const syntax_node* syntax_of(element_name root) noexcept {
    if (root == "Invoice"_el) return &invoice_syntax();
    return root == "CreditNote"_el ? &credit_note_syntax() : nullptr;
}

}  // namespace brygga::einvoice
