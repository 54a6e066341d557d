// The build-farm model on SimGrid 3.32 (S4U): an actor for each slot; reads and writes are
// communications between the node and a host "storage". Computing is a delay, as slots share no
// processor; an execution on the node gives the same and is slower.
#include <simgrid/s4u.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <deque>
#include <queue>
#include <thread>

#include "farm.hpp"

namespace {

namespace sg4 = simgrid::s4u;
using farm::Parameters;

// Sizes are whole numbers, so a MB is so many units that rounding them takes less than 1e-11 s.
constexpr double unitsPerMB = 1e9;

// Max-min fair shares and nothing else: no latency, no window, no header, no reverse traffic.
const char *const configuration[] = {
    "network/model:CM02",      "network/TCP-gamma:0",        "network/crosstraffic:0",
    "network/weight-S:0",      "network/bandwidth-factor:1", "network/latency-factor:1",
    "surf/precision:1e-9",     "maxmin/precision:1e-9",      "contexts/stack-size:64",
    // Faster here than the default, Lazy: all flows meet at the hub.
    "network/optim:Full",
};

struct Site {
  sg4::Host *storage;
  std::vector<sg4::Host *> nodes;
};

// A star: the hub's link is on the way of the storage, a card's on the way of its node; both
// directions share a link.
Site build(const Parameters &p) {
  Site site;
  sg4::NetZone *zone = sg4::create_star_zone("farm");
  const auto add = [&](const std::string &name, double capacity) {
    sg4::Host *host = zone->create_host(name, 1.0);
    sg4::Link *link = zone->create_link(name + "-link", capacity * unitsPerMB);
    zone->add_route(host->get_netpoint(), nullptr, nullptr, nullptr,
                    {sg4::LinkInRoute(link->seal())}, true);
    return host->seal();
  };
  site.storage = add("storage", p.hubCapacity());
  for (uint32_t node = 0; node < p.nodes; ++node)
    site.nodes.push_back(add("node-" + std::to_string(node), farm::cardCapacity));
  zone->seal();
  return site;
}

class Farm {
 public:
  explicit Farm(const Parameters &p)
      : parameters(p), inputs(p), site(build(p)), calls(p.nodes * p.slotsPerNode),
        jobs(calls.size()), buildsLeft(p.runs, 2), arrivals(p.runs), completions(p.runs),
        allDone(sg4::Semaphore::create(0)), left(p.runs) {
    for (uint32_t slot = 0; slot < calls.size(); ++slot) {
      calls[slot] = sg4::Semaphore::create(0);
      sg4::Actor::create("slot", site.nodes[slot / p.slotsPerNode], [this, slot] { work(slot); })
          ->daemonize();
    }
    sg4::Actor::create("arrivals", site.storage, [this] { arrive(); });
  }

  farm::Result result() const {
    return {events, *std::max_element(completions.begin(), completions.end()), arrivals,
            completions};
  }

 private:
  struct Architecture {
    std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<uint32_t>> free;
    std::deque<uint32_t> waiting;
  };

  Parameters parameters;
  farm::Inputs inputs;
  Site site;
  Architecture architectures[2];           // amd64, arm64
  std::vector<sg4::SemaphorePtr> calls;    // of each slot, for a job in `jobs`
  std::vector<uint32_t> jobs;              // 4 × run + task
  std::vector<uint8_t> buildsLeft;
  std::vector<double> arrivals, completions;
  sg4::SemaphorePtr allDone;
  uint32_t left;
  uint64_t events = 0;

  void arrive() {
    double instant = 0;
    for (uint32_t run = 0; run < parameters.runs; ++run) {
      // To the instant, so that rounding does not add up.
      instant += inputs.gap(run);
      const double wait = instant - sg4::Engine::get_clock();
      if (wait > 0) sg4::this_actor::sleep_for(wait);
      ++events;
      arrivals[run] = sg4::Engine::get_clock();
      ready(4 * run);
    }
    allDone->acquire();
  }

  void ready(uint32_t job) {
    Architecture &own = architectures[farm::onARM64(job & 3)];
    if (own.free.empty()) {
      own.waiting.push_back(job);
      return;
    }
    const uint32_t slot = own.free.top();
    own.free.pop();
    jobs[slot] = job;
    calls[slot]->release();
  }

  void work(uint32_t slot) {
    sg4::Host *node = site.nodes[slot / parameters.slotsPerNode];
    Architecture &own = architectures[slot >= calls.size() / 2];
    own.free.push(slot);
    for (;;) {
      calls[slot]->acquire();
      // The first that waits gets the slot: while one waits, no other slot is free.
      for (bool more = true; more;) {
        const uint32_t job = jobs[slot];
        play(job, node);
        more = !own.waiting.empty();
        if (more) {
          jobs[slot] = own.waiting.front();
          own.waiting.pop_front();
        } else {
          own.free.push(slot);
        }
        finish(job);
      }
    }
  }

  void play(uint32_t job, sg4::Host *node) {
    const uint32_t run = job >> 2, task = job & 3;
    sg4::this_actor::sleep_for(farm::overhead);
    sg4::Comm::sendto(site.storage, node, units(inputs.reads(run, task)));
    sg4::this_actor::sleep_for(inputs.computes(run, task));
    sg4::Comm::sendto(node, site.storage, units(inputs.writes(run, task)));
    events += 4;
  }

  static uint64_t units(double megabytes) { return uint64_t(megabytes * unitsPerMB + 0.5); }

  void finish(uint32_t job) {
    const uint32_t run = job >> 2, task = job & 3;
    if (task == 0) {
      ready(job + 1);
      ready(job + 2);
    } else if (task == 3) {
      completions[run] = sg4::Engine::get_clock();
      if (!--left) allDone->release();
    } else if (!--buildsLeft[run]) {
      ready(4 * run + 3);
    }
  }
};

sg4::Engine *makeEngine() {
  static char name[] = "farm", quiet[] = "--log=xbt_cfg.thresh:warning";
  static char *arguments[] = {name, quiet, nullptr};
  static int count = 2;
  auto *engine = new sg4::Engine(&count, arguments);
  for (const char *item : configuration) sg4::Engine::set_config(item);
  return engine;
}

void playOnce(const farm::Options &options) {
  const double start = farm::processorSeconds();
  sg4::Engine *engine = makeEngine();
  Farm farm(options.parameters);
  const double ready = farm::processorSeconds();
  engine->run();
  const double seconds = farm::processorSeconds() - ready;
  farm::report("simgrid", options, farm.result(), ready - start, seconds);
}

struct Outcome {
  double makespan;
  uint64_t events;
};

// A process has one engine, once: so each replication is a process of its own.
Outcome replication(Parameters parameters, uint64_t seed) {
  int ends[2];
  if (pipe(ends)) std::exit(71);
  const pid_t child = fork();
  if (child < 0) std::exit(71);
  if (child == 0) {
    parameters.seed = seed;
    sg4::Engine *engine = makeEngine();
    Farm farm(parameters);
    engine->run();
    const Outcome outcome{farm.result().makespan, farm.result().events};
    _exit(write(ends[1], &outcome, sizeof outcome) == sizeof outcome ? 0 : 74);
  }
  close(ends[1]);
  Outcome outcome;
  if (read(ends[0], &outcome, sizeof outcome) != sizeof outcome) std::exit(70);
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return outcome;
}

double processorSecondsWithChildren() {
  rusage children;
  getrusage(RUSAGE_CHILDREN, &children);
  const auto seconds = [](timeval time) { return double(time.tv_sec) + double(time.tv_usec) * 1e-6; };
  return farm::processorSeconds() + seconds(children.ru_utime) + seconds(children.ru_stime);
}

void replicate(const farm::Options &options) {
  const double startProcessor = processorSecondsWithChildren(), startWall = farm::wallSeconds();
  std::vector<Outcome> outcomes(options.replications);
  std::vector<std::thread> workers;
  for (uint32_t worker = 0; worker < options.threads; ++worker)
    workers.emplace_back([&, worker] {
      for (uint64_t i = worker; i < outcomes.size(); i += options.threads)
        outcomes[i] = replication(options.parameters, i + 1);
    });
  for (std::thread &worker : workers) worker.join();
  std::vector<double> makespans;
  uint64_t events = 0;
  for (const Outcome &outcome : outcomes) {
    makespans.push_back(outcome.makespan);
    events += outcome.events;
  }
  farm::reportReplications("simgrid", options, events, makespans,
                           processorSecondsWithChildren() - startProcessor,
                           farm::wallSeconds() - startWall);
}

}  // namespace

int main(int count, char **arguments) {
  const farm::Options options(count, arguments);
  if (options.replications) replicate(options);
  else playOnce(options);
}
