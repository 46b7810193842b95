'use strict';
// Works with BullMQ as it is told line by line, answers each line when that is done, and ends with its input.
// Arguments: the port of Redis, and the order that is published, as JSON.

const readline = require('node:readline');

const CALLERS = 64; // add, as many at once; faster here than addBulk of 100 to 1,000
const CONCURRENCY = 50;

const [port, order] = process.argv.slice(1);
const data = JSON.parse(order);
const connection = { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null };

let bull;
try {
  bull = require('bullmq');
} catch (error) {
  console.log(`absent: ${error.code}`);
  process.exit();
}

let queue;
let worker;
let times = []; // how many nanoseconds each job took, where they are timed
let timed = Promise.resolve();

// Programs on one machine share this clock.
const nanos = () => Number(process.hrtime.bigint());

const commands = {
  async publisher(name) {
    queue = new bull.Queue(name, { connection, defaultJobOptions: { removeOnComplete: true } });
    await queue.waitUntilReady();
  },

  async publish(count) {
    let left = Number(count);
    const caller = async () => {
      while (left-- > 0) {
        await queue.add('order', data);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
  },

  // "<rate>x<count>": adds so many a second, each at its time or up to a millisecond later.
  pace(argument) {
    const [rate, count] = argument.split('x').map(Number);
    return new Promise((resolve, reject) => {
      const adds = [];
      const start = nanos();
      const timer = setInterval(() => {
        while (adds.length < count && nanos() >= start + (adds.length * 1e9) / rate) {
          const added = queue.add('order', { ...data, added: nanos() });
          added.catch(() => {}); // told below; until then Node.js would end for it
          adds.push(added);
        }
        if (adds.length === count) {
          clearInterval(timer);
          Promise.all(adds).then(() => resolve(), reject);
        }
      }, 1);
    });
  },

  async worker(name) {
    const handle = async (job) => {
      if (job.data.added) {
        times.push(nanos() - job.data.added);
      }
    };
    worker = new bull.Worker(name, handle, { connection, concurrency: CONCURRENCY, autorun: false });
    await worker.waitUntilReady();
  },

  consume(count) {
    return new Promise((resolve, reject) => {
      let left = Number(count);
      worker.on('completed', () => {
        if (--left === 0) {
          resolve();
        }
      });
      worker.on('failed', (job, error) => reject(error));
      worker.on('error', reject);
      worker.run().catch(reject);
    });
  },

  async time(count) {
    times = [];
    timed = commands.consume(count);
    timed.catch(() => {}); // told to who asks for the times
  },

  async times() {
    await timed;
    return times.join(',');
  },

  async close() {
    await queue?.close();
    await worker?.close();
    queue = worker = undefined;
  },
};

async function answer(input) {
  for await (const line of input) {
    const [command, argument] = line.split(' ');
    try {
      const result = await commands[command](argument);
      console.log(result ?? 'done');
    } catch (error) {
      console.log(`failed: ${error.message}`.replaceAll('\n', ' '));
    }
  }
}

console.log(`ready ${require('bullmq/package.json').version}`);
const input = readline.createInterface({ input: process.stdin });
input.on('close', () => process.exit());
answer(input);
