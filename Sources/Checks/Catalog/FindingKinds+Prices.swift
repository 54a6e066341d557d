import GantryModel

extension FindingKinds {
  /// Kinds of findings of prices and AWS's price list.
  static let prices: [FindingKind] = [
    FindingKind(
      "E0801", "a damaged price list",
      """
      The file is not the JSON or CSV that AWS publishes, or its download ended early; half a list \
      would leave wrong prices.
      """,
      remedy: "download the list again"),
    FindingKind(
      "E0802", "not a usable price list",
      """
      The file is a list of another service, or has no price of a known EC2 type or EBS volume in \
      a known region.
      """,
      remedy: "import the offer file of AmazonEC2"),
    FindingKind(
      "E0803", "no such price",
      """
      The figure that was to be replaced keeps its value, so that the bill does not show what was \
      asked.
      """,
      remedy: "write an id such as ec2.m6g.2xlarge.onDemand or natGateway.hour"),
    FindingKind(
      "E0804", "a price that no figure can have",
      """
      A figure of the catalogue is a finite number from 0; with another one the bill would be \
      meaningless.
      """,
      remedy: "write a number from 0"),
  ]
}
