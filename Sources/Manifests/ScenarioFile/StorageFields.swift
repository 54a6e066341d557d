import GantryModel

// The fields about file systems, classes and registries.

extension ScenarioFields {
  static let storage = FieldTable<ScenarioFile.StorageSettings>(
    name: "storage", description: "File systems and storage classes.",
    fields: [
      .group("efs", \.efs, efs, .init("The EFS file system behind all EFS classes.")),
      .text(
        "defaultClass", \.defaultClass,
        .init(
          "The storage class of claims that name none.",
          default: "the class annotated as the default")),
    ])

  static let efs = FieldTable<ScenarioFile.EFSSettings>(
    name: "efs", description: "An EFS file system.",
    fields: [
      .text(
        "throughputMode", \.throughputMode, .init("How throughput is given and billed."),
        shape: .choice(["elastic", "bursting", "provisioned"])),
      .number(
        "provisionedMiBps", \.provisionedMiBps,
        .init("Throughput in MiB/s in the provisioned mode.")),
      .number(
        "storedGiB", \.storedGiB, .init("GiB stored besides what the runs write.")),
      .flag("oneZone", \.oneZone, .init("Whether it is a One Zone file system.")),
      .number(
        "initialCreditsGiB", \.initialCreditsGiB,
        .init(
          "GiB of burst credits at the start, in the bursting mode.", default: "a full bucket")),
      .whole(
        "accessPoints", \.accessPoints,
        .init(
          "The quota of access points; claims beyond it stay pending.",
          default: "Amazon's default quota")),
      .flag(
        "tls", \.tls,
        .init("Whether clients mount through TLS.", default: "true, as the CSI driver does")),
      .texts(
        "mountTargetZones", \.mountTargetZones,
        .init(
          "Zones with a mount target; nodes elsewhere pay for traffic between zones.",
          default: "every zone")),
      .text(
        "keepClaims", \.keepClaims,
        .init("How long claims of finished runs are kept, a duration, for the monthly bill."),
        shape: .text(.duration)),
    ])

  static let registry = FieldTable<ScenarioFile.RegistrySettings>(
    name: "registry", description: "Registries in the cluster.",
    fields: [
      .object(
        "internal", \.internal, internalRegistry, .init("OpenShift's own registry.")
      ) { _ in .init() }
    ])

  static let internalRegistry = FieldTable<ScenarioFile.InternalRegistrySettings>(
    name: "internalRegistry", description: "Where OpenShift's registry keeps its images.",
    fields: [
      .text(
        "storage", \.storage,
        .init(
          "S3, an emptyDir, or an EBS volume of this type.",
          default: "s3, as the installer sets it up on AWS"),
        shape: .choice(["s3", "emptyDir", "gp2", "gp3", "io1", "io2", "st1"])),
      .whole(
        "sizeGiB", \.sizeGiB, .init("The EBS volume's size in GiB.", default: "100"), minimum: 1),
      .whole("iops", \.iops, .init("Its provisioned IOPS (gp3, io1, io2)."), minimum: 1),
      .whole(
        "throughputMiBps", \.throughputMiBps, .init("Its throughput in MiB/s (gp3)."), minimum: 1),
      .text(
        "pool", \.pool,
        .init("The pool on whose first node its pod runs.", default: "the first with workers")),
    ])
}
