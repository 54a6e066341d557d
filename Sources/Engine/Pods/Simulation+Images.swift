import GantryKernel
import GantryModel
import GantryUnits

// Image pulls: a kubelet pulls one image at a time (serializeImagePulls), whatever pod asks.

extension Simulation {
  /// Goes on with the pod's images from the first that is missing.
  mutating func pullImages(_ index: Int) {
    guard let node = taskRuns[index].node else { return }
    close(.sandbox, of: index)
    let place = taskRuns[index].prepared
    let architecture = plan.nodes[node].architecture
    while taskRuns[index].nextImage < prepared.pods[place].images.count {
      let image = prepared.pods[place].images[taskRuns[index].nextImage]
      if nodes[node].hasImage[image] {
        watchCached(image, for: index, node: node)
        taskRuns[index].nextImage += 1
        continue
      }
      guard plan.images[image].sizes[architecture.index] != nil else {
        endTaskRun(
          index, .failed, reason: "TaskRunImagePullFailed",
          message:
            "the image '\(plan.images[image].name)' does not exist for \(architecture.rawValue)")
        return
      }
      nodes[node].waiting.append(index)
      if !nodes[node].pulls.contains(image) {
        nodes[node].pulls.append(image)
        if nodes[node].pulls.count == 1 { startPull(node: node) }
      }
      watchImage(image, for: index, node: node)
      return
    }
    startContainers(index)
  }

  private mutating func startPull(node: Int) {
    let image = plan.images[nodes[node].pulls[0]]
    guard let size = image.sizes[plan.nodes[node].architecture.index] else { return }
    let unpacked = Double(size.unpacked.count)
    let parts = [
      (prepared.pull.download[image.service], Double(size.compressed.count)),
      (prepared.pull.unpack, unpacked * plan.control.unpackSecondsPerByte),
      (prepared.pull.disk, unpacked),
    ]
    nodes[node].pullOutstanding = parts.count
    var flows: [(flow: FlowID, shape: Int)] = []
    for (shape, amount) in parts {
      let flow = fabric.start(
        shape: shape, node: node, volume: nil, amount: amount, payload: pullPayload(node), at: now)
      if watch != nil { flows.append((flow, shape)) }
    }
    watchPull(node: node, flows: flows)
    expectImage(unpacked, on: node)
    outcome.nodes[node].imagesPulled += 1
    outcome.nodes[node].imageBytes += Double(size.compressed.count)
    outcome.nodes[node].diskBytesWritten += unpacked
    meterDownload(Double(size.compressed.count), image.service, to: node, run: nil)
  }

  /// Payloads of pulls have the top bit set; those of TaskRuns never do.
  private func pullPayload(_ node: Int) -> UInt32 { 1 << 31 | UInt32(node) }

  /// A flow ended: part of a pull, or a demand of a step.
  mutating func flowEnded(_ payload: UInt32) {
    guard payload & (1 << 31) != 0 else {
      if let index = live(payload), concerns(.timerEnded, index) { demandEnded(index) }
      return
    }
    let node = Int(payload & ~(1 << 31))
    nodes[node].pullOutstanding -= 1
    if nodes[node].pullOutstanding == 0 { endPull(node: node) }
  }

  private mutating func endPull(node: Int) {
    let image = nodes[node].pulls.removeFirst()
    nodes[node].hasImage[image] = true
    if watch != nil { watchPullEnd(image, node: node, waiting: nodes[node].waiting) }
    storeImage(image, on: node)
    placer.setImages(nodes[node].hasImage.indices.filter { nodes[node].hasImage[$0] }, of: node)
    if !nodes[node].pulls.isEmpty { startPull(node: node) }
    let waiting = nodes[node].waiting
    nodes[node].waiting = []
    for index in waiting where !taskRuns[index].isDone && taskRuns[index].node == node {
      let wanted = self[planned: index].images[taskRuns[index].nextImage]
      if nodes[node].hasImage[wanted] {
        closeSegment(
          index, .image, "pulling \(plan.images[wanted].name)",
          assumptions: [plan.images[wanted].assumption].compactMap { $0 }
            + [plan.services[plan.images[wanted].service].assumption].compactMap { $0 }
            + prepared.stretchAssumptions[Stretch.images.rawValue])
        pullImages(index)
      } else {
        nodes[node].waiting.append(index)
      }
    }
  }
}
