/** A reader that closes the pipe early (`| head`) has what it wanted: the command ends in silence. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})
