import type { ReadingModel } from '../drafts/analyse.ts'
import { type Linear, unpack } from '../drafts/tagger.ts'
import type { Lexicon } from './lexicon.ts'
import type { KeptLinear, LearnedWeights } from './weights.ts'

const cache = new WeakMap<Lexicon, ReadingModel | null>()

/** The model that a lexicon carries, unpacked once; null where it carries none: then the rules decide alone. */
export function modelOf(lexicon: Lexicon): ReadingModel | null {
  const known = cache.get(lexicon)
  if (known !== undefined) return known
  const model = lexicon.learned ? modelFrom(lexicon.learned) : null
  cache.set(lexicon, model)
  return model
}

/** The model of kept weights. */
export function modelFrom({ tagger, modes, kinds }: LearnedWeights): ReadingModel {
  return {
    tagger: linearOf(tagger),
    modes: linearOf(modes),
    kinds: { ...linearOf(kinds), names: [...kinds.names], votes: [...kinds.votes] },
  }
}

function linearOf(kept: KeptLinear): Linear {
  // Copies: the lists of a catalogue are frozen, and those are slow to look at.
  return { bits: kept.bits, classes: kept.classes, steps: [...kept.steps], weights: unpack(kept.weights, kept.scale) }
}
