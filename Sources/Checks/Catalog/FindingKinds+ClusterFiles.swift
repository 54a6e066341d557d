import GantryModel

extension FindingKinds {
  /// Kinds of findings of reading cluster manifests: install-config, MachineSets, storage, placement.
  static let clusterFiles: [FindingKind] = [
    FindingKind(
      "E0020", "not a quantity",
      """
      Kubernetes writes amounts as numbers with a suffix, such as 500m, 2 or 4Gi; anything else \
      has no size.
      """,
      remedy: "write a number with a suffix such as m, k, M, G, Ki, Mi or Gi"),
    FindingKind(
      "E0021", "a negative number",
      "Replicas, sizes and resources are counted from 0; the API server refuses a negative one.",
      remedy: "write 0 or more"),
    FindingKind(
      "E0022", "not one of the allowed values",
      "The field knows a fixed set of words, in their exact case; any other is refused.",
      remedy: "write one of the words that the message lists"),
    FindingKind(
      "E0023", "a request is larger than its limit",
      """
      A container may use no more than its limit, so that a larger request can never be granted; \
      the API server refuses the pod.
      """,
      remedy: "raise the limit, or lower the request"),
    FindingKind(
      "E0024", "a toleration contradicts itself",
      """
      Key, operator, value and effect of a toleration depend on each other; the API server refuses \
      other combinations.
      """,
      remedy: """
        give 'Exists' no value, an empty key 'operator: Exists', and tolerationSeconds 'effect: \
        NoExecute'
        """),
    FindingKind(
      "E0025", "a selector's operator and values do not match",
      """
      In and NotIn compare with a list, Exists and DoesNotExist with nothing, Gt and Lt with one \
      whole number.
      """,
      remedy: "give the operator as many values as it takes"),
    FindingKind(
      "E0026", "a spread constraint below 1",
      "maxSkew and minDomains count pods and domains; below 1 no placement could satisfy them.",
      remedy: "write 1 or more"),
    FindingKind(
      "E0027", "a preference's weight out of range",
      """
      The scheduler adds the weights of preferred terms to a node's score; it accepts 1 to 100.
      """,
      remedy: "write a weight from 1 to 100"),
    FindingKind(
      "E0030", "a platform other than AWS",
      """
      Machines, volumes and prices are modelled for AWS only; a cluster elsewhere has other ones.
      """,
      remedy: "describe the cluster with 'platform: aws'"),
    FindingKind(
      "E0032", "AWS has no such architecture",
      """
      Clusters on EC2 have amd64 or arm64 machines; pods for another architecture can run there \
      under emulation only.
      """,
      remedy: "write amd64 or arm64"),
    FindingKind(
      "W0006", "a MachineSet for another cloud is skipped",
      """
      Its provider is not AWS, so that its machines have no known speed and price; the simulated \
      cluster does not have them.
      """,
      remedy: "describe the machines as an AWS MachineSet or under the scenario's 'nodes'"),
  ]
}
