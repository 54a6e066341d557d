import GantryCloud
import GantryModel
import GantryUnits

/// Services that are not out on the internet: S3 of the region, and OpenShift's own registry.
struct ServicePlaces: Sendable {
  /// The cluster's region.
  var region = ""
  /// Where the internal registry runs and what it stores on; nil without nodes.
  var registry: ExternalService.Place?
  private var objectStore = ObjectStore()

  /// What S3 offers.
  ///
  /// Source: Amazon S3 user guide, performance design patterns (100 to 200 ms to the first byte, 5500
  /// reads and 3500 writes a second and prefix), 2025; these stand for catalogues without the rows.
  private struct ObjectStore {
    var megabytes = 87.0
    var latency = 0.15
    var reads = 5500.0
    var writes = 3500.0
  }

  /// Knows no place.
  init() {}

  /// Knows the region's S3 and the registry.
  init(region: String, registry: ExternalService.Place?, catalog: Catalog) {
    self.region = region
    self.registry = registry
    func figure(_ item: String, _ metric: String) -> Double? {
      try? catalog.figure(service: "s3", item: item, metric: metric, region: region).value
    }
    let known = ObjectStore()
    objectStore.megabytes = figure("connection", "throughput_per_connection") ?? known.megabytes
    objectStore.latency =
      figure("standard", "first_byte_latency").map { $0 / 1000 } ?? known.latency
    objectStore.reads = figure("standard", "max_get_per_prefix") ?? known.reads
    objectStore.writes = figure("standard", "max_put_per_prefix") ?? known.writes
  }

  /// Rate and latency of a service with a place; nil for all others.
  func figures(of host: String) -> ServiceTable.Known? {
    if isObjectStore(host) { return objectFigures }
    guard Self.isInternalRegistry(host) else { return nil }
    if case .pod(_, .objectStore) = registry {
      return .init(
        objectStore.megabytes, objectStore.latency,
        "the internal registry passes on what S3 takes and gives per connection",
        source: Self.guidance)
    }
    return .init(
      300, 0.01,
      "the internal registry over one connection, TLS and checksums included "
        + "(100 to 600)")
  }

  private var objectFigures: ServiceTable.Known {
    .init(
      objectStore.megabytes, objectStore.latency, "one S3 request (85 to 90)",
      source: Self.guidance)
  }

  private static let guidance =
    "often quoted AWS guidance of 85-90 MB/s per concurrent request, 2020"

  /// Puts a service in its place.
  func settle(_ service: inout ExternalService) {
    if isObjectStore(service.name) {
      // The installer gives the VPC a gateway endpoint for S3, which is free and passes no NAT.
      // Source: OpenShift 4.15 installer, data/data/aws/vpc, aws_vpc_endpoint s3.
      service.place = .region
      service.usesNAT = false
      setObjects(&service)
    } else if Self.isInternalRegistry(service.name), let registry {
      service.place = registry
      service.usesNAT = false
      if case .pod(_, .objectStore) = registry { setObjects(&service) }
    }
  }

  private func setObjects(_ service: inout ExternalService) {
    service.isObjectStore = true
    service.readRequests = objectStore.reads
    service.writeRequests = objectStore.writes
  }

  /// The host of the region's S3, or of another's.
  static func objectHost(region: String) -> String { "s3.\(region).amazonaws.com" }

  /// Whether a host is S3 of the cluster's region.
  private func isObjectStore(_ host: String) -> Bool {
    let own = Self.objectHost(region: region)
    return host == own || host.hasSuffix("." + own)
  }

  private static func isInternalRegistry(_ host: String) -> Bool {
    host.hasPrefix("image-registry.openshift-image-registry.svc")
  }
}
