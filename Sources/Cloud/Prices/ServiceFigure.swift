/// A figure of an AWS service by a name of ours, with its place in the catalogue's table.
public struct ServiceFigure: Hashable, Sendable {
  /// How a figure is guessed for a region of which none is published.
  public enum Elsewhere: Hashable, Sendable {
    /// The same as in us-east-1: the published regions all have one price.
    case same
    /// That of us-east-1 times the ratio of both regions' prices of t3.large.
    case scaled
  }

  /// The path that overrides it, such as `natGateway.hour`.
  public let path: String
  /// Columns of `services.csv`.
  public let service: String
  public let item: String
  public let metric: String
  /// What to take where nothing is published.
  public let elsewhere: Elsewhere

  init(
    _ path: String, _ service: String, _ item: String, _ metric: String,
    elsewhere: Elsewhere = .scaled
  ) {
    self.path = path
    self.service = service
    self.item = item
    self.metric = metric
    self.elsewhere = elsewhere
  }

  /// A figure of the table that has no name here.
  public init(service: String, item: String, metric: String) {
    path = "figures.\(service).\(item).\(metric)"
    self.service = service
    self.item = item
    self.metric = metric
    elsewhere = .scaled
  }
}

extension ServiceFigure {
  /// Capacity of a volume kind, per GiB-month.
  public static func ebsCapacity(_ kind: EBSKind) -> ServiceFigure {
    ServiceFigure("ebs.\(kind.rawValue).gib", "ebs", kind.rawValue, "price_gib_month")
  }
  /// gp3 operations above those included, per IOPS-month.
  public static let gp3IOPS = ServiceFigure("ebs.gp3.iops", "ebs", "gp3", "price_iops_month")
  /// gp3 throughput above what is included, per MiB/s-month.
  public static let gp3Throughput = ServiceFigure(
    "ebs.gp3.throughput", "ebs", "gp3", "price_mibps_month")
  /// io1 operations, per IOPS-month.
  public static let io1IOPS = ServiceFigure("ebs.io1.iops", "ebs", "io1", "price_iops_month")
  /// io2 operations of price tier 1 (first 32000), 2 (to 64000) or 3, per IOPS-month.
  public static func io2IOPS(tier: Int) -> ServiceFigure {
    ServiceFigure("ebs.io2.iops.tier\(tier)", "ebs", "io2", "price_iops_month_tier\(tier)")
  }
  /// Operations on magnetic volumes, per million.
  public static let standardIO = ServiceFigure(
    "ebs.standard.millionIO", "ebs", "standard", "price_million_io")
  /// Snapshots, per GiB-month.
  public static let snapshot = ServiceFigure(
    "ebs.snapshot.gib", "ebs", "snapshot", "price_gib_month")

  /// EFS Standard storage, per GiB-month.
  public static let efsStandard = ServiceFigure(
    "efs.standard.gib", "efs", "standard", "price_gib_month")
  /// EFS One Zone storage, per GiB-month.
  public static let efsOneZone = ServiceFigure(
    "efs.oneZone.gib", "efs", "one_zone", "price_gib_month")
  /// EFS Elastic throughput read, per GB.
  public static let efsElasticRead = ServiceFigure(
    "efs.elastic.read", "efs", "elastic_read", "price_gb")
  /// EFS Elastic throughput written, per GB.
  public static let efsElasticWrite = ServiceFigure(
    "efs.elastic.write", "efs", "elastic_write", "price_gb")
  /// EFS Provisioned throughput above the size's own, per MiB/s-month.
  public static let efsProvisioned = ServiceFigure(
    "efs.provisioned.throughput", "efs", "provisioned_throughput", "price_mibps_month")

  /// S3 Standard storage, per GB-month.
  public static let s3Standard = ServiceFigure(
    "s3.standard.gib", "s3", "standard", "price_gib_month")
  /// S3 writing requests, per thousand.
  public static let s3Put = ServiceFigure("s3.put", "s3", "put", "price_1000")
  /// S3 reading requests, per thousand.
  public static let s3Get = ServiceFigure("s3.get", "s3", "get", "price_1000")
  /// ECR storage, per GB-month.
  public static let ecrStorage = ServiceFigure(
    "ecr.storage.gib", "ecr", "storage", "price_gib_month", elsewhere: .same)

  /// A NAT gateway, per hour.
  public static let natHour = ServiceFigure("natGateway.hour", "nat_gateway", "hour", "price_hour")
  /// Traffic through a NAT gateway, per GB either way.
  public static let natGB = ServiceFigure("natGateway.gb", "nat_gateway", "data", "price_gb")
  /// A network load balancer, per hour.
  public static let nlbHour = ServiceFigure(
    "networkLoadBalancer.hour", "elb", "network", "price_hour")
  /// Its capacity units, per unit-hour.
  public static let nlbLCU = ServiceFigure(
    "networkLoadBalancer.lcu", "elb", "network", "price_lcu_hour")
  /// An application load balancer, per hour.
  public static let albHour = ServiceFigure(
    "applicationLoadBalancer.hour", "elb", "application", "price_hour")
  /// Its capacity units, per unit-hour.
  public static let albLCU = ServiceFigure(
    "applicationLoadBalancer.lcu", "elb", "application", "price_lcu_hour")
  /// A public IPv4 address, per hour.
  public static let publicIPv4 = ServiceFigure(
    "publicIPv4.hour", "public_ipv4", "address", "price_hour", elsewhere: .same)

  /// Traffic between zones, per GB on each side.
  public static let crossZone = ServiceFigure(
    "transfer.crossZone", "transfer", "cross_zone", "price_gb_each_way", elsewhere: .same)
  /// Traffic to another region, per GB sent.
  public static let interRegion = ServiceFigure(
    "transfer.interRegion", "transfer", "inter_region_out", "price_gb", elsewhere: .same)
  /// Traffic to the internet in price tier 1 (first 10 TB a month), 2 (next 40), 3 (next 100) or 4,
  /// per GB.
  public static func internetOut(tier: Int) -> ServiceFigure {
    ServiceFigure(
      "transfer.internet.tier\(tier)", "transfer", "internet_out_tier\(tier)", "price_gb",
      elsewhere: .same)
  }

  /// The ROSA fee of a worker, per hour and 4 vCPU.
  public static let rosaWorker = ServiceFigure(
    "rosa.worker", "rosa", "worker", "price_4vcpu_hour", elsewhere: .same)
  /// The ROSA hosted control plane, per hour.
  public static let rosaControlPlane = ServiceFigure(
    "rosa.controlPlane", "rosa", "hosted_control_plane", "price_cluster_hour", elsewhere: .same)
  /// CPU time above a T2, T3 or T3a instance's credits, per vCPU-hour.
  public static let burstableSurplus = ServiceFigure(
    "burstable.t3", "burstable", "t2_t3_t3a", "surplus_price_vcpu_hour", elsewhere: .same)
  /// CPU time above a T4g instance's credits, per vCPU-hour.
  public static let burstableArmSurplus = ServiceFigure(
    "burstable.t4g", "burstable", "t4g", "surplus_price_vcpu_hour", elsewhere: .same)

  /// All figures that have a name here.
  public static let known: [ServiceFigure] =
    EBSKind.allCases.map(ebsCapacity) + [gp3IOPS, gp3Throughput, io1IOPS]
    + (1...3).map(io2IOPS(tier:))
    + [
      standardIO, snapshot, efsStandard, efsOneZone, efsElasticRead, efsElasticWrite,
      efsProvisioned, s3Standard, s3Put, s3Get, ecrStorage, natHour, natGB, nlbHour, nlbLCU,
      albHour, albLCU, publicIPv4, crossZone, interRegion,
    ] + (1...4).map(internetOut(tier:))
    + [rosaWorker, rosaControlPlane, burstableSurplus, burstableArmSurplus]
}

/// A kind of EBS volume.
public enum EBSKind: String, Hashable, Sendable, Codable, CaseIterable {
  case gp2
  case gp3
  case io1
  case io2
  case st1
  case sc1
  /// Magnetic, the previous generation.
  case standard
}
