import GantryKernel
import GantryModel
import GantryUnits

// What watched pods wait for before their steps: claims, volumes and images.

extension Simulation {
  // MARK: Claims

  /// A claim's name; with its place where the run has others of that name, as nameless templates do.
  func claimName(_ claim: Int, of run: Int) -> String {
    let claims = plan.templates[runs[run].template].claims
    let name = claims[claim].name
    guard claims.count(where: { $0.name == name }) > 1 else { return name }
    return "\(name) (claim \(claim + 1) of the run)"
  }

  /// The pod waits for claims.
  mutating func watchClaims(_ index: Int) {
    guard watch?.watches(index) == true else { return }
    let run = runs[taskRuns[index].run]
    let claims = plan.templates[run.template].claims
    let now = now
    var names: [String] = []
    var obstacle: String?
    for claim in self[planned: index].claims {
      switch claims[claim].backing {
      case .unprovisionable(let why):
        obstacle = "claim '\(claimName(claim, of: taskRuns[index].run))': \(why)"
      case .block(_, waitsForFirstConsumer: true): continue
      default: if (run.claims[claim].ready ?? .zero) <= now { continue }
      }
      names.append(claimName(claim, of: taskRuns[index].run))
    }
    watch?.tell(index) { $0.claims = .init(claims: names, from: now, obstacle: obstacle) }
  }

  /// The pod's claims are there.
  mutating func watchClaimsReady(_ index: Int) {
    let now = now
    watch?.tell(index) { $0.claims?.until = now }
  }

  // MARK: Volumes

  /// The pod asks for a block volume, perhaps again after waiting for it to be let go.
  mutating func watchVolume(_ claim: Int, of index: Int, isFree: Bool) {
    guard watch?.watches(index) == true else { return }
    let run = taskRuns[index].run
    let name = claimName(claim, of: run)
    guard let volume = runs[run].claims[claim].volume else { return }
    let now = now
    let holders = isFree ? [] : holders(of: volume, for: index)
    let holder = isFree ? nil : volumes[volume].node.map { plan.nodes[$0].name }
    watch?.tell(index) { story in
      if let open = story.volumes.firstIndex(where: { $0.position == claim }) {
        if isFree { story.volumes[open].free = now }
        return
      }
      var wait = PodStory.VolumeWait(claim: name, position: claim, from: now)
      wait.free = isFree ? now : nil
      wait.heldBy = holders
      wait.holder = holder
      story.volumes.append(wait)
    }
  }

  /// The TaskRuns whose pods use a volume, as the reader of another's story knows them.
  private func holders(of volume: Int, for index: Int) -> [String] {
    taskRuns.indices.filter { other in
      let claims = runs[taskRuns[other].run].claims
      return taskRuns[other].heldVolumes.contains { claims[$0].volume == volume }
    }.map { name(of: $0, for: index) }
  }

  /// A block volume will be there at `until`, after these parts.
  mutating func watchMount(
    _ claim: Int, of index: Int, actions: [PodStory.VolumeWait.Action], until: Instant
  ) {
    guard watch?.watches(index) == true else { return }
    watch?.tell(index) { story in
      guard let open = story.volumes.firstIndex(where: { $0.position == claim }) else { return }
      story.volumes[open].actions = actions
      story.volumes[open].until = until
    }
  }

  // MARK: Images

  /// The node has an image that the pod needs.
  mutating func watchCached(_ image: Int, for index: Int, node: Int) {
    guard watch?.watches(index) == true else { return }
    let name = plan.images[image].name
    let now = now
    let bytes = compressed(image, node: node)
    watch?.tell(index) { story in
      guard !story.images.contains(where: { $0.image == name }) else { return }
      var wait = PodStory.ImageWait(image: name, bytes: bytes, from: now)
      wait.until = now
      story.images.append(wait)
    }
  }

  /// The pod waits for an image.
  mutating func watchImage(_ image: Int, for index: Int, node: Int) {
    guard watch?.watches(index) == true else { return }
    let ahead = nodes[node].pulls.prefix { $0 != image }.map { plan.images[$0].name }
    var wait = PodStory.ImageWait(
      image: plan.images[image].name, bytes: compressed(image, node: node), from: now)
    wait.behind = Array(ahead)
    watch?.tell(index) { $0.images.append(wait) }
  }

  private func compressed(_ image: Int, node: Int) -> Double {
    let size = plan.images[image].sizes[plan.nodes[node].architecture.index]
    return Double(size?.compressed.count ?? 0)
  }

  /// A node begins to pull an image.
  mutating func watchPull(node: Int, flows: [(flow: FlowID, shape: Int)]) {
    guard watch != nil else { return }
    watch?.pulls[node] = .init(
      started: now, flows: flows, limits: Array(repeating: [], count: flows.count))
  }

  /// A node has pulled an image, for these TaskRuns.
  mutating func watchPullEnd(_ image: Int, node: Int, waiting: [Int]) {
    guard let pull = watch?.pulls.removeValue(forKey: node) else { return }
    let name = plan.images[image].name
    let receivers = waiting.filter { index in
      !taskRuns[index].isDone && taskRuns[index].node == node
        && self[planned: index].images[taskRuns[index].nextImage] == image
    }
    let now = now
    for index in receivers where watch?.watches(index) == true {
      let others = receivers.filter { $0 != index }.map { self.name(of: $0, for: index) }
      watch?.tell(index) { story in
        guard let last = story.images.lastIndex(where: { $0.image == name }) else { return }
        story.images[last].until = now
        story.images[last].pullStarted = pull.started
        story.images[last].sharedWith = others
        story.images[last].limits = pull.decisive
      }
    }
  }

  /// A TaskRun's name for the reader of another's story: the task's alone within one run.
  private func name(of other: Int, for index: Int) -> String {
    let record = records[taskRuns[other].run].taskRuns[taskRuns[other].outcome]
    return taskRuns[other].run == taskRuns[index].run ? record.pipelineTask : record.name
  }
}
