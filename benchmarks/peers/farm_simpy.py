"""The build-farm model on SimPy: a process for each slot, and max-min fair flows with one virtual
clock for all nodes that have equally many flows."""

import argparse
import array
import math
import multiprocessing
import resource
import sys
import time
from collections import deque
from heapq import heappop, heappush

import simpy

CARD = 150.0  # MB/s of a node
OVERHEAD = 2.0  # seconds at the start of a task
# Of clone, build on amd64, build on arm64, push: MB, seconds, MB.
READS = (50.0, 200.0, 200.0, 800.0)
COMPUTES = (5.0, 60.0, 60.0, 4.0)
WRITES = (200.0, 400.0, 400.0, 10.0)
NEVER = math.inf
WORD = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


class Inputs:
    """All inputs: a gap for each run; MB, seconds and MB for each job, 4 × run + task."""

    def __init__(self, variant, runs, nodes, seed):
        mean_gap = 55.0 / nodes
        jobs = range(4 * runs)
        if variant == "exp":
            key = mix((seed * STEP + 0x632BE59BD9B4E019) & WORD)

            def uniform(run, purpose):
                return (mix((key + (16 * run + purpose + 1) * STEP) & WORD) >> 11) * 2.0**-53

            def exponential(run, purpose, mean):
                return -mean * math.log(1 - uniform(run, purpose))

            self.gaps = [exponential(run, 0, mean_gap) for run in range(runs)]
            self.reads = [READS[j & 3] * (0.5 + uniform(j >> 2, 1 + 3 * (j & 3))) for j in jobs]
            self.computes = [exponential(j >> 2, 2 + 3 * (j & 3), COMPUTES[j & 3]) for j in jobs]
            self.writes = [WRITES[j & 3] * (0.5 + uniform(j >> 2, 3 + 3 * (j & 3))) for j in jobs]
        else:
            factors = [1 + 0.1 * math.modf((j + 1) * 0.6180339887498949)[0] for j in jobs]
            self.gaps = [mean_gap if variant == "det" else 0.0] * runs
            self.reads = [READS[j & 3] * factors[j] for j in jobs]
            self.computes = [COMPUTES[j & 3] * factors[j] for j in jobs]
            self.writes = [WRITES[j & 3] * factors[j] for j in jobs]


class Network:
    """Flows through the card of a node and the hub.

    All flows of a node have the rate min(λ, CARD ÷ flows of the node). So nodes with equally many
    flows form a class with one clock, which counts the MB that each of its flows has got. A node
    keeps the ends of its flows on a clock of its own, `offset` after that of its class. The heap of
    a class holds its nodes by their next end; entries of nodes that left are dropped at the root.
    """

    def __init__(self, env, nodes, slots):
        self.env = env
        self.hub = 100.0 * nodes
        self.flows = [[] for _ in range(nodes)]  # a node's heap of (end, number, event)
        self.offset = [0.0] * nodes
        self.entry = [None] * nodes  # a node's valid entry in the heap of its class
        self.heaps = [[] for _ in range(slots + 1)]
        self.members = [0] * (slots + 1)
        self.clock = [0.0] * (slots + 1)
        self.at = [0.0] * (slots + 1)
        self.rate = [0.0] + [CARD / flows for flows in range(1, slots + 1)]
        self.ends = [NEVER] * (slots + 1)
        self.active = 0
        self.tight = False
        self.number = 0
        self.timer = None
        self.alarm = NEVER

    def transfer(self, node, volume):
        """An event at the end of a new flow of so many MB."""
        now = self.env.now
        flows = self.flows[node]
        if flows:
            clock = self.leave(node, len(flows), now)
        else:
            self.active += 1
            clock = 0.0
        self.number += 1
        event = simpy.Event(self.env)
        heappush(flows, (clock + volume, self.number, event))
        self.enter(node, len(flows), clock, now)
        self.settle(now)
        return event

    def ring(self, timer):
        if timer is not self.timer:
            return
        if min(self.ends) <= self.alarm:
            self.finish(self.alarm)
        self.timer = None
        self.alarm = NEVER
        self.settle(self.env.now)

    def finish(self, now):
        count = self.ends.index(min(self.ends))
        key, _, node = self.entry_at(count)
        self.clock[count] = key
        self.at[count] = now
        flows = self.flows[node]
        clock = self.leave(node, count, now)
        heappop(flows)[2].succeed()
        if flows:
            self.enter(node, count - 1, clock, now)
        else:
            self.active -= 1

    def entry_at(self, count):
        heap = self.heaps[count]
        entry = self.entry
        while heap:
            first = heap[0]
            if entry[first[2]] is first:
                return first
            heappop(heap)
        return None

    def advance(self, count, now):
        self.clock[count] += self.rate[count] * (now - self.at[count])
        self.at[count] = now

    def schedule(self, count):
        first = self.entry_at(count)
        self.ends[count] = (
            self.at[count] + (first[0] - self.clock[count]) / self.rate[count] if first else NEVER
        )

    def leave(self, node, count, now):
        self.advance(count, now)
        self.entry[node] = None
        self.members[count] -= 1
        self.schedule(count)
        return self.clock[count] + self.offset[node]

    def enter(self, node, count, clock, now):
        self.advance(count, now)
        self.offset[node] = offset = clock - self.clock[count]
        flow = self.flows[node][0]
        self.number += 1
        self.entry[node] = entry = (flow[0] - offset, self.number, node)
        heappush(self.heaps[count], entry)
        self.members[count] += 1
        self.schedule(count)

    def settle(self, now):
        """Rates and the timer after a change; a timer that comes too early does no harm."""
        full = self.active * CARD > self.hub
        if full or self.tight:
            self.share(now)
            self.tight = full
        soonest = min(self.ends)
        if soonest < self.alarm:
            self.alarm = soonest
            self.timer = timer = simpy.Timeout(self.env, max(0.0, soonest - now))
            timer.callbacks.append(self.ring)

    def share(self, now):
        """Fills the hub: first the nodes of most flows, whose cards give a flow least."""
        left = self.hub
        flows_left = sum(count * members for count, members in enumerate(self.members))
        for count in range(len(self.members) - 1, 0, -1):
            card = CARD / count
            if card * flows_left <= left:
                self.set_rate(count, card, now)
                left -= CARD * self.members[count]
                flows_left -= count * self.members[count]
            else:
                # Once the hub is the limit, it is for all that follow.
                self.set_rate(count, left / flows_left, now)

    def set_rate(self, count, rate, now):
        if rate != self.rate[count]:
            self.advance(count, now)
            self.rate[count] = rate
            self.schedule(count)


class Farm:
    """Pipeline runs on slots; slot s belongs to node s ÷ slots per node."""

    def __init__(self, options, seed):
        self.inputs = Inputs(options.variant, options.runs, options.nodes, seed)
        self.env = env = simpy.Environment()
        self.network = Network(env, options.nodes, options.slots)
        count = options.nodes * options.slots
        # Of amd64 and arm64: the free slots, a heap, and the jobs that wait.
        self.free = ([], [])
        self.waiting = (deque(), deque())
        self.idle = [None] * count
        self.builds_left = [2] * options.runs
        self.arrivals = [0.0] * options.runs
        self.completions = [0.0] * options.runs
        self.events = 0
        for slot in range(count):
            env.process(self.work(slot, slot // options.slots, slot >= count // 2))
        env.process(self.arrive())

    def run(self):
        self.env.run()
        return max(self.completions)

    def arrive(self):
        for run, gap in enumerate(self.inputs.gaps):
            yield simpy.Timeout(self.env, gap)
            self.events += 1
            self.arrivals[run] = self.env.now
            self.ready(4 * run)

    def ready(self, job):
        arch = job >> 1 & 1
        if self.free[arch]:
            self.idle[heappop(self.free[arch])].succeed(job)
        else:
            self.waiting[arch].append(job)

    def work(self, slot, node, arch):
        env = self.env
        inputs = self.inputs
        waiting = self.waiting[arch]
        transfer = self.network.transfer
        done = None
        while True:
            # The first that waits gets the slot: while one waits, no other slot is free.
            if waiting:
                job = waiting.popleft()
            else:
                job = None
                self.idle[slot] = call = simpy.Event(env)
                heappush(self.free[arch], slot)
            if done is not None:
                self.finish(done)
            if job is None:
                job = yield call
            yield simpy.Timeout(env, OVERHEAD)
            yield transfer(node, inputs.reads[job])
            yield simpy.Timeout(env, inputs.computes[job])
            yield transfer(node, inputs.writes[job])
            self.events += 4
            done = job

    def finish(self, job):
        run, task = job >> 2, job & 3
        if task == 0:
            self.ready(job + 1)
            self.ready(job + 2)
        elif task == 3:
            self.completions[run] = self.env.now
        else:
            self.builds_left[run] -= 1
            if self.builds_left[run] == 0:
                self.ready(4 * run + 3)


def processor_seconds():
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def play_once(options):
    start = time.process_time()
    farm = Farm(options, options.seed)
    ready = time.process_time()
    makespan = farm.run()
    seconds = time.process_time() - ready
    responses = [end - start for end, start in zip(farm.completions, farm.arrivals)]
    if options.dump:
        words = array.array("d", farm.completions)
        if sys.byteorder == "big":
            words.byteswap()
        with open(options.dump, "wb") as file:
            words.tofile(file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f'{{"impl":"simpy","variant":"{options.variant}","R":{options.runs},"K":{options.nodes},'
        f'"c":{options.slots},"seed":{options.seed},"events":{farm.events},'
        f'"makespan":{makespan:.9f},"mean_response":{math.fsum(responses) / options.runs:.9f},'
        f'"max_response":{max(responses):.9f},"setup_cpu_s":{ready - start:.4f},'
        f'"sim_cpu_s":{seconds:.4f},"events_per_s":{farm.events / seconds:.0f},'
        f'"rss_mb":{peak:.1f}}}'
    )


def replication(options_and_seed):
    farm = Farm(*options_and_seed)
    return farm.run(), farm.events


def replicate(options):
    start_processor, start_wall = processor_seconds(), time.monotonic()
    work = [(options, seed) for seed in range(1, options.reps + 1)]
    if options.threads == 1:
        results = [replication(one) for one in work]
    else:
        # Processes: the interpreter runs one thread at a time.
        with multiprocessing.Pool(options.threads) as pool:
            results = pool.map(replication, work)
            pool.close()
            pool.join()
    processor = processor_seconds() - start_processor
    wall = time.monotonic() - start_wall
    print(
        f'{{"impl":"simpy","variant":"{options.variant}","R":{options.runs},"K":{options.nodes},'
        f'"c":{options.slots},"reps":{options.reps},"threads":{options.threads},'
        f'"events":{sum(events for _, events in results)},'
        f'"mean_makespan":{sum(makespan for makespan, _ in results) / options.reps:.9f},'
        f'"cpu_s":{processor:.4f},"wall_s":{wall:.4f},'
        f'"reps_per_wall_s":{options.reps / wall:.0f}}}'
    )


class Parser(argparse.ArgumentParser):
    def error(self, message):
        print(message, self.format_usage(), sep="\n", end="", file=sys.stderr)
        sys.exit(64)


def main():
    parser = Parser()
    parser.add_argument("-R", dest="runs", type=int, default=1000)
    parser.add_argument("-K", dest="nodes", type=int, default=20)
    parser.add_argument("-c", dest="slots", type=int, default=4)
    parser.add_argument("-s", dest="seed", type=int, default=1)
    parser.add_argument("-v", dest="variant", choices=["exp", "det", "burst"], default="exp")
    parser.add_argument("--reps", type=int)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--dump")
    options = parser.parse_args()
    if options.nodes < 2 or options.nodes % 2:
        parser.error("the number of nodes must be even and above 0")
    if not 1 <= options.slots <= 64:
        parser.error("a node has 1 to 64 slots")
    counts = (options.runs, options.threads, 1 if options.reps is None else options.reps)
    if min(counts) < 1:
        parser.error("counts must be above 0")
    if options.reps is not None:
        replicate(options)
    else:
        play_once(options)


if __name__ == "__main__":
    main()
