internal import BenchmarkMachine
internal import FarmModel
internal import Foundation

/// Plays the build-farm model and prints one line of JSON.
@main
struct FarmBenchmarks {
  static func main() async throws {
    let options: FarmOptions
    do {
      options = try FarmOptions(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("\(error.reason)\n\(FarmOptions.usage)\n".utf8))
      exit(64)
    }
    if let count = options.replications {
      await replicate(options, count: count)
    } else {
      try playOnce(options)
    }
  }

  private static func playOnce(_ options: FarmOptions) throws {
    let parameters = options.parameters
    let start = Machine.processorSeconds()
    var farm = Farm(parameters)
    let ready = Machine.processorSeconds()
    farm.run()
    let seconds = Machine.processorSeconds() - ready
    let responses = farm.responses
    if let dump = options.dump { try NumberFile.write(farm.completionSeconds, to: dump) }
    let fields = [
      "\"impl\":\"gantry\"", "\"variant\":\"\(parameters.variant)\"", "\"R\":\(parameters.runs)",
      "\"K\":\(parameters.nodes)", "\"c\":\(parameters.slotsPerNode)",
      "\"seed\":\(parameters.seed)", "\"events\":\(farm.events)",
      "\"makespan\":\(farm.makespan.fixed(9))", "\"mean_response\":\(responses.mean.fixed(9))",
      "\"max_response\":\(responses.maximum.fixed(9))",
      "\"setup_cpu_s\":\((ready - start).fixed(4))", "\"sim_cpu_s\":\(seconds.fixed(4))",
      "\"events_per_s\":\((Double(farm.events) / seconds).fixed(0))",
      "\"rss_mb\":\(Machine.peakMebibytes().fixed(1))",
    ]
    print("{\(fields.joined(separator: ","))}")
  }

  private static func replicate(_ options: FarmOptions, count: Int) async {
    let parameters = options.parameters
    let threads = options.threads
    let startProcessor = Machine.processorSeconds()
    let startWall = Machine.wallSeconds()
    let parts = await withTaskGroup(of: Replications.self) { group in
      for worker in 0..<threads {
        group.addTask { Replications(parameters, first: worker, step: threads, count: count) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let processor = Machine.processorSeconds() - startProcessor
    let wall = Machine.wallSeconds() - startWall
    // Added in the order of the seeds, so that the sum does not depend on the threads.
    var makespans = [Double](repeating: 0, count: count)
    for part in parts {
      for (index, makespan) in part.makespans.enumerated() {
        makespans[part.first + index * threads] = makespan
      }
    }
    let mean = makespans.reduce(0, +) / Double(count)
    let fields = [
      "\"impl\":\"gantry\"", "\"variant\":\"\(parameters.variant)\"", "\"R\":\(parameters.runs)",
      "\"K\":\(parameters.nodes)", "\"c\":\(parameters.slotsPerNode)", "\"reps\":\(count)",
      "\"threads\":\(threads)", "\"events\":\(parts.reduce(0) { $0 + $1.events })",
      "\"mean_makespan\":\(mean.fixed(9))", "\"cpu_s\":\(processor.fixed(4))",
      "\"wall_s\":\(wall.fixed(4))", "\"reps_per_wall_s\":\((Double(count) / wall).fixed(0))",
    ]
    print("{\(fields.joined(separator: ","))}")
  }
}

/// The replications that one worker plays: every `step`-th seed from `first` + 1 on.
private struct Replications: Sendable {
  let first: Int
  let makespans: [Double]
  let events: Int

  init(_ parameters: FarmParameters, first: Int, step: Int, count: Int) {
    var farm = Farm(parameters)
    var makespans: [Double] = []
    var events = 0
    for index in stride(from: first, to: count, by: step) {
      farm.reset(seed: UInt64(index + 1))
      farm.run()
      makespans.append(farm.makespan)
      events += farm.events
    }
    self.first = first
    self.makespans = makespans
    self.events = events
  }
}
