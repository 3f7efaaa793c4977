/** A reader that closes the pipe early (`| head`) has what it wanted: what is written after that goes nowhere, in silence. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
