import GantryModel

extension FindingKinds {
  /// Kinds of findings of making volumes, file systems and claims.
  static let storage: [FindingKind] = [
    FindingKind(
      "E0320", "a volume size out of range",
      "EBS makes volumes of each type in a range of sizes of its own and refuses others.",
      remedy: "write a size within the range of the volume's type"),
    FindingKind(
      "E0321", "a provisioned volume without IOPS",
      """
      io1 and io2 volumes are bought with their number of operations a second; they have no \
      default.
      """,
      remedy: "write iops, or use gp3"),
    FindingKind(
      "E0322", "unknown volume type",
      """
      Each type of EBS volume has its own limits and prices; AWS has no other types, or gantry \
      does not know them.
      """,
      remedy: "write gp2, gp3, io1, io2 or st1"),
    FindingKind(
      "E0323", "IOPS out of range",
      """
      The number of operations a second is limited by the volume's type and grows with its size; \
      AWS refuses more, and fewer than 100.
      """,
      remedy: "lower the IOPS, or make the volume larger"),
    FindingKind(
      "E0324", "throughput out of range",
      """
      A volume's throughput is limited by its type and, with gp3, by its IOPS (a quarter of a \
      MiB/s for each); AWS refuses more.
      """,
      remedy: "lower the throughput, or raise the IOPS"),
    FindingKind(
      "E0330", "no such StorageClass",
      "Claims without a class would ask for one that does not exist, and stay unbound.",
      remedy: "name a StorageClass of the cluster, or add its manifest"),
    FindingKind(
      "E0332", "unknown throughput mode",
      "EFS gives and bills throughput in one of three ways, with very different speeds.",
      remedy: "write elastic, bursting or provisioned"),
    FindingKind(
      "E0333", "provisioned throughput without a figure",
      """
      In this mode throughput is bought by the MiB/s; without a figure there is neither a speed \
      nor a price.
      """,
      remedy: "write provisionedMiBps above 0, or another throughputMode"),
    FindingKind(
      "E0334", "a number of access points below 0",
      """
      Each claim of EFS gets an access point of its own. Their number is limited, and 0 stands for a \
      file system that takes no claims.
      """,
      remedy: "write accessPoints of 0 or more"),
    FindingKind(
      "W0335", "a mount target that no node uses",
      """
      A mount target serves the nodes of its zone; where there are none it is paid for nothing, or the \
      zone is misspelt.
      """,
      remedy: "name zones in which the cluster has nodes"),
    FindingKind(
      "E0336", "burst credits out of range",
      """
      A bursting file system keeps at most 2.1 TiB of credits, more when it stores more than 1 TiB, and \
      never fewer than none.
      """,
      remedy: "write initialCreditsGiB within the range"),
    FindingKind(
      "E0337", "the internal registry has no node",
      "The registry is a pod like others: without a node of its pool it does not run.",
      remedy: "name a pool that has nodes"),
    FindingKind(
      "W0338", "a storage setting without effect",
      """
      The chosen type of volume, mode of EFS or storage of the registry does not take this figure: \
      neither speed nor price changes with it.
      """,
      remedy: "leave the setting out, or choose a type or mode that has it"),
    FindingKind(
      "W0331", "a claim that stays unbound",
      """
      No volume can be made for it, so that pods that mount it stay Pending until their TaskRuns \
      time out.
      """,
      remedy: """
        name an existing claim or StorageClass; for ReadWriteMany, one of efs.csi.aws.com
        """),
  ]
}
