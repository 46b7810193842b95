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

  async worker(name) {
    worker = new bull.Worker(name, async () => {}, { connection, concurrency: CONCURRENCY, autorun: false });
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
      await commands[command](argument);
      console.log('done');
    } catch (error) {
      console.log(`failed: ${error.message}`.replaceAll('\n', ' '));
    }
  }
}

console.log(`ready ${require('bullmq/package.json').version}`);
const input = readline.createInterface({ input: process.stdin });
input.on('close', () => process.exit());
answer(input);
