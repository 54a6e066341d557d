public import GantryModel
import GantryUnits

/// The servers outside the cluster that steps and nodes talk to, each once.
public struct ServiceTable: Sendable {
  /// All services asked for so far, in that order: the plan's `services`.
  public private(set) var all: [ExternalService] = []
  private var positions: [String: Int] = [:]
  /// Where the services of the cluster and its region are.
  var places = ServicePlaces()

  /// Makes an empty table.
  public init() {}

  /// The position of the service behind a host name.
  ///
  /// Pulls from quay.io come from its content network under another name, and at another rate.
  public mutating func index(of host: String, assumptions: inout AssumptionTable) -> Int {
    if let known = positions[host] { return known }
    let known = places.figures(of: host) ?? Self.known[host]
    let rate = known ?? Known(10, 0.05, "an unlisted server (1 to 100)")
    let assumption = Assumption(
      id: "service.\(host).rate",
      text: "\(host): bytes per second and connection: \(rate.text)",
      value: rate.megabytes * 1e6, unit: "bytes/s", confidence: .guess, source: rate.source)
    let index = assumptions.index(of: assumption)
    var service = ExternalService(
      name: host, perConnection: BytesPerSecond(assumptions.value(at: index)),
      latency: rate.latency)
    service.assumption = index
    places.settle(&service)
    limit(&service, assumptions: &assumptions)
    positions[host] = all.count
    all.append(service)
    return all.count - 1
  }

  /// A total rate and a latency that the scenario gives; nothing is published of either.
  private func limit(_ service: inout ExternalService, assumptions: inout AssumptionTable) {
    let host = service.name
    let total = Assumption(
      id: "service.\(host).total", text: "\(host): bytes per second for all connections together",
      value: 0, unit: "bytes/s", confidence: .guess, source: Source.guess)
    if assumptions.isGiven(total.id) {
      service.ceiling = BytesPerSecond(assumptions.value(of: total))
    }
    let latency = Assumption(
      id: "service.\(host).latency", text: "\(host): seconds per request", value: service.latency,
      unit: "s", confidence: .guess, source: Source.guess)
    if assumptions.isGiven(latency.id) { service.latency = assumptions.value(of: latency) }
  }

  /// What is known of a service.
  struct Known {
    var megabytes: Double
    var latency: Double
    var text: String
    var source: String

    init(_ megabytes: Double, _ latency: Double, _ text: String, source: String = Source.guess) {
      self.megabytes = megabytes
      self.latency = latency
      self.text = text
      self.source = source
    }
  }

  private static let quay =
    "between 0.6 MB/s (crane) and over 10 MB/s (skopeo), go-containerregistry issue 1193; no "
    + "measurement from eu-west-3 is published"
  private static let pulls =
    "51 to 95 MB/s for a 4.15 GB image, containerd issue 11775; registry not named"

  private static let known: [String: Known] = [
    "quay.io": Known(10, 0.12, "push (0.6 to 50)", source: quay),
    "cdn.quay.io": Known(50, 0.05, "pull through its content network (10 to 95)", source: pulls),
    "registry.redhat.io": Known(50, 0.05, "pull (10 to 95)", source: pulls),
    "registry.access.redhat.com": Known(50, 0.05, "pull (10 to 95)", source: pulls),
    "docker.io": Known(40, 0.08, "pull (10 to 95)", source: pulls),
    "registry.fedoraproject.org": Known(40, 0.1, "pull (10 to 95)", source: pulls),
    "gcr.io": Known(50, 0.05, "pull (10 to 95)", source: pulls),
    "ghcr.io": Known(50, 0.05, "pull (10 to 95)", source: pulls),
    "github.com": Known(15, 0.1, "clone (5 to 50)"),
    "registry.npmjs.org": Known(20, 0.03, "package download (5 to 50)"),
    "repo.maven.apache.org": Known(20, 0.03, "artifact download (5 to 50)"),
    "pypi.org": Known(20, 0.03, "package download (5 to 50)"),
    "proxy.golang.org": Known(20, 0.03, "module download (5 to 50)"),
    "mirrors.fedoraproject.org": Known(15, 0.08, "mirror download (3 to 60)"),
    "mirror.stream.centos.org": Known(15, 0.08, "mirror download (3 to 60)"),
    "cdn-ubi.redhat.com": Known(30, 0.03, "package download (10 to 60)"),
    "deb.debian.org": Known(30, 0.03, "package download (10 to 60)"),
    "archive.ubuntu.com": Known(20, 0.05, "package download (5 to 60)"),
    "dl-cdn.alpinelinux.org": Known(30, 0.03, "package download (10 to 60)"),
  ]
}
