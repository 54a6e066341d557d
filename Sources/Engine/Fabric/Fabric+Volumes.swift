import GantryKernel
import GantryModel
import GantryUnits

// Block volumes come and go with claims; what they were made of is used again.

extension Fabric {
  /// The resources of a new volume, its credits full.
  mutating func openVolume(_ spec: VolumeSpec, at instant: Instant) -> Int {
    guard let index = idleVolumes[spec]?.popLast() else {
      volumes.append(VolumeResources(spec, in: &network))
      return volumes.count - 1
    }
    if spec.throughputBurst != nil { refill(volumes[index].throughput, at: instant) }
    if spec.iopsBurst != nil { refill(volumes[index].operations, at: instant) }
    return index
  }

  /// Gives the resources of a volume back: its claim is gone.
  mutating func closeVolume(_ index: Int) {
    idleVolumes[volumes[index].spec, default: []].append(index)
  }

  /// All volumes are idle; those made first are used first.
  mutating func resetVolumes() {
    idleVolumes.removeAll(keepingCapacity: true)
    for index in volumes.indices.reversed() { closeVolume(index) }
  }

  private mutating func refill(_ resource: ResourceID, at instant: Instant) {
    guard network.bucket(of: resource, at: instant) != nil else { return }
    network.refill(resource, at: instant)
  }
}
