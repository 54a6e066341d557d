import GantryModel
import GantryUnits

/// What a pod asks of a node, in the units in which the scheduler counts.
struct PodRequests: Sendable, Hashable {
  struct Extended: Sendable, Hashable {
    var name: Int32
    var amount: Int64
  }

  /// In thousandths of a core.
  var cpu: Int64 = 0
  /// In bytes.
  var memory: Int64 = 0
  /// In bytes.
  var ephemeralStorage: Int64 = 0
  /// Other resources, by name.
  var extended: [Extended] = []
  /// Like `cpu`, but a container that does not name cpu counts 100 m.
  var nonZeroCPU: Int64 = 0
  /// Like `memory`, but a container that does not name memory counts 200 MiB.
  var nonZeroMemory: Int64 = 0

  /// Whether nothing at all is asked for, so that only the number of pods counts.
  var isNothing: Bool {
    cpu == 0 && memory == 0 && ephemeralStorage == 0 && extended.isEmpty
  }

  /// Stands for the cpu request of a container that has none, in thousandths of a core.
  ///
  /// Source: Kubernetes 1.28, scheduler util DefaultMilliCPURequest, read 2026-11-23.
  static let defaultCPU = Quantity(milli: 100)
  /// Stands for the memory request of a container that has none (200 MiB).
  ///
  /// Source: Kubernetes 1.28, scheduler util DefaultMemoryRequest, read 2026-11-23.
  static let defaultMemory = Quantity(209_715_200)

  init(_ shape: PodShape, _ symbols: inout Symbols) {
    let actual = Self.total(of: shape, defaults: [:])
    let nonZero = Self.total(
      of: shape, defaults: ["cpu": Self.defaultCPU, "memory": Self.defaultMemory])
    for (name, amount) in actual.sorted(by: { $0.key < $1.key }) {
      switch name {
      case "cpu": cpu = amount.milli
      case "memory": memory = amount.value
      case "ephemeral-storage": ephemeralStorage = amount.value
      default:
        guard Self.isCounted(name), amount.value != 0 else { continue }
        extended.append(.init(name: symbols.intern(name), amount: amount.value))
      }
    }
    nonZeroCPU = nonZero["cpu"]?.milli ?? 0
    nonZeroMemory = nonZero["memory"]?.value ?? 0
  }

  /// Whether a resource other than the native ones is counted on nodes.
  ///
  /// Source: Kubernetes 1.28, scheduler util IsScalarResourceName, as known on 2026-11-25.
  static func isCounted(_ name: String) -> Bool {
    if name.hasPrefix("hugepages-") || name.hasPrefix("attachable-volumes-")
      || name.contains("kubernetes.io/")
    {
      return true
    }
    return name.contains("/") && !name.hasPrefix("requests.")
      && LabelSyntax.isKey("requests." + name)
  }

  /// The larger of what the containers take together and what each init container takes, plus the
  /// overhead; a sidecar counts with the containers and with the init containers after it.
  private static func total(of shape: PodShape, defaults: ResourceList) -> ResourceList {
    var sum: ResourceList = [:]
    for container in shape.containers {
      sum.add(container.requests.merging(defaults) { named, _ in named })
    }
    var sidecars: ResourceList = [:]
    var peak: ResourceList = [:]
    for container in shape.initContainers {
      let requests = container.requests.merging(defaults) { named, _ in named }
      if container.isSidecar {
        sum.add(requests)
        sidecars.add(requests)
        peak.raise(to: sidecars)
      } else {
        var now = sidecars
        now.add(requests)
        peak.raise(to: now)
      }
    }
    sum.raise(to: peak)
    sum.add(shape.overhead)
    return sum
  }
}

extension ResourceList {
  fileprivate mutating func add(_ other: ResourceList) {
    for (name, amount) in other {
      let (total, overflow) = (self[name]?.milli ?? 0).addingReportingOverflow(amount.milli)
      self[name] = Quantity(milli: overflow ? .max : total)
    }
  }

  fileprivate mutating func raise(to other: ResourceList) {
    for (name, amount) in other { self[name] = Swift.max(self[name] ?? amount, amount) }
  }
}
