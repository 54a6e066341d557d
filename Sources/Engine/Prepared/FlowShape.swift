/// What decides how a flow shares resources, apart from the node it runs on.
///
/// Flows of one shape on one node are one class of the flow network.
enum FlowShape: Hashable {
  /// Processor work over at most `threads` threads, with a cgroup weight and a limit in cores.
  case cpu(threads: Double, weight: Double, limit: Double?)
  /// Bytes read from a file system; metered unless the operations are what is metered.
  case fileSystemRead(Int, isMetered: Bool)
  /// Bytes written to a file system, by at most so many writes at once.
  case fileSystemWrite(Int, isMetered: Bool, streams: Double?)
  /// Operations on a file system, `concurrency` at a time.
  case fileSystemReadOperations(Int, concurrency: Double, isMetered: Bool)
  case fileSystemWriteOperations(Int, concurrency: Double, isMetered: Bool)
  /// Bytes to or from a block volume; each byte takes so many operations.
  case block(operationsPerByte: Double)
  /// Operations of a block volume that move no bytes worth counting.
  case blockOperations
  case diskWrite
  case memory
  /// Bytes from a server, over a number of connections.
  case download(service: Int, connections: Double)
  case upload(service: Int, connections: Double)
  /// Requests to a server that takes only so many a second.
  case requests(service: Int, isWrite: Bool, connections: Double)

  /// Whether the flow crosses the block volume that a claim has at the time.
  var needsVolume: Bool {
    switch self {
    case .block, .blockOperations: true
    default: false
    }
  }
}
