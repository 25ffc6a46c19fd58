import { createServer, type ServerResponse } from 'node:http'

/** Bare server-sent events on node:http, in a process of its own: no session, no database. Whatever comes to /say goes to all. */
const streams = new Set<ServerResponse>()
createServer((request, response) => {
  if (request.url === '/say') {
    const said = `data: ${Date.now()}\n\n`
    for (const one of streams) one.write(said)
    response.end()
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n')
  streams.add(response)
  response.on('close', () => streams.delete(response))
}).listen(0, '127.0.0.1', function (this: { address: () => unknown }) { console.log(`port ${(this.address() as { port: number }).port} ${process.pid}`) })
