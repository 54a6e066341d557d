/// What a cluster has besides nodes and file systems, and how its bill is read.
public struct ClusterServices: Hashable, Sendable {
  /// NAT gateways; the installer makes one in each zone.
  public var natGateways: Int
  /// Load balancers: external API, internal API, ingress.
  public var loadBalancers: Int
  /// Public IPv4 addresses: one per NAT gateway, and one per zone of each external load balancer.
  public var publicIPv4Addresses: Int
  /// Capacity units that each load balancer uses on average.
  ///
  /// A guess: one unit is 1 GB an hour (Elastic Load Balancing pricing page), and no measurement of a
  /// small cluster's API traffic is known.
  public var unitsPerLoadBalancer: Double = 0.25
  /// GB to the internet that are free in a month; 0 when the account uses them up elsewhere.
  ///
  /// Source: AWS price list, data transfer (infracost golden data_transfer_test), 2024-09-25.
  public var freeEgressGB: Double = 100
  /// What OpenShift itself costs.
  public var openShift: OpenShiftFee = .none
  /// How long claims of finished runs are kept, in seconds; nil keeps them for the whole month.
  public var claimRetention: Double?

  /// Makes a cluster's services.
  public init(natGateways: Int, loadBalancers: Int, publicIPv4Addresses: Int) {
    self.natGateways = natGateways
    self.loadBalancers = loadBalancers
    self.publicIPv4Addresses = publicIPv4Addresses
  }

  /// What the OpenShift installer makes on AWS: per zone a NAT gateway; two API load balancers and one
  /// for the ingress, of which two face the internet with an address per zone.
  public static func openShiftInstaller(zones: Int) -> ClusterServices {
    ClusterServices(natGateways: zones, loadBalancers: 3, publicIPv4Addresses: 3 * zones)
  }
}

/// How OpenShift is paid for.
public enum OpenShiftFee: Hashable, Sendable {
  /// Not at all, or not counted: there is no public price of a self-managed subscription.
  case none
  /// A subscription at so many USD per hour and vCPU of the workers.
  case subscription(usdPerVCPUHour: Double)
  /// ROSA's fee for workers, and for the hosted control plane.
  case rosa
}
