/// The inputs of `aws batch register-job-definition` and `aws batch submit-job`.
///
/// Source: AWS Batch API reference, RegisterJobDefinition and SubmitJob; user guide, automated job retries;
/// read 2026-11.
struct BatchArray {
  let job: SweepJob
  let fileSystem: String
  let queue: String

  var files: [SweepJob.File] {
    [
      .init(
        name: "job-definition.json", text: definition,
        use: "aws batch register-job-definition --cli-input-json file://job-definition.json"),
      .init(
        name: "submit-job.json", text: submission,
        use: "aws batch submit-job --cli-input-json file://submit-job.json"),
    ]
  }

  private var definition: String {
    let arguments = job.arguments(store: "/tmp/store.sqlite", results: "/results")
    return """
      {
        "jobDefinitionName": \(SweepJob.quoted(job.name)),
        "type": "container",
        "retryStrategy": {
          "attempts": 5,
          "evaluateOnExit": [
            {"onStatusReason": "Host EC2*", "action": "RETRY"},
            {"onExitCode": "75", "action": "RETRY"},
            {"onExitCode": "*", "action": "EXIT"}
          ]
        },
        "containerProperties": {
          "image": \(SweepJob.quoted(job.image)),
          "command": \(SweepJob.list(arguments)),
          "resourceRequirements": [
            {"type": "VCPU", "value": "\(job.cpus)"},
            {"type": "MEMORY", "value": "\(job.memoryMiB)"}
          ],
          "environment": [
            {"name": "GANTRY_SHARDS", "value": "\(job.shards)"},
            {"name": "HOME", "value": "/tmp"}
          ],
          "volumes": [
            {
              "name": "results",
              "efsVolumeConfiguration": {
                "fileSystemId": \(SweepJob.quoted(fileSystem)), "transitEncryption": "ENABLED"
              }
            }
          ],
          "mountPoints": [{"sourceVolume": "results", "containerPath": "/results"}]
        }
      }

      """
  }

  private var submission: String {
    """
    {
      "jobName": \(SweepJob.quoted(job.name)),
      "jobQueue": \(SweepJob.quoted(queue)),
      "jobDefinition": \(SweepJob.quoted(job.name)),
      "arrayProperties": {"size": \(job.shards)}
    }

    """
  }
}
