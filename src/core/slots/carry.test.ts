import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { carrySlots, edited, type Place } from './carry.ts'

/** Every star is a slot, with the two characters before it as its phrase. */
function slotsIn(text: string): Place[] {
  return [...text.matchAll(/\*/g)].map(({ index }) => ({
    numStart: index,
    numEnd: index + 1,
    phrase: text.slice(Math.max(0, index - 2), index + 1),
  }))
}

describe('carrySlots', () => {
  it('keeps slots on both sides of an edit and those whose phrase stands again', () => {
    const text = '开会*次，党课*堂，走访*户。'
    const edit = { start: 5, was: '党课*堂', now: '第一季度党课*堂' }
    assert.deepEqual(carrySlots(slotsIn(text), slotsIn(edited(text, edit)), edit), [0, 1, 2])
  })

  it('follows sentences that change places by their phrases', () => {
    const text = '开会*次，党课*堂。'
    const edit = { start: 0, was: text, now: '党课*堂，开会*次。' }
    assert.deepEqual(carrySlots(slotsIn(text), slotsIn(edited(text, edit)), edit), [1, 0])
  })

  it('loses a slot whose words are gone, and gives its place to nobody else', () => {
    const text = '开会*次，党课*堂。'
    const edit = { start: 0, was: '开会*次', now: '走访*户' }
    assert.deepEqual(carrySlots(slotsIn(text), slotsIn(edited(text, edit)), edit), [null, 1])
  })

  it('never carries two slots to one, and always those outside the edit', () => {
    const letters = fc.stringMatching(/^[会课访*，]{0,24}$/)
    fc.assert(
      fc.property(letters, letters, letters, letters, (head, was, now, tail) => {
        const text = head + was + tail
        const edit = { start: head.length, was, now }
        const before = slotsIn(text)
        const after = slotsIn(edited(text, edit))
        const carried = carrySlots(before, after, edit)
        const found = carried.filter((place) => place !== null)
        assert.equal(new Set(found).size, found.length)
        for (const [index, slot] of before.entries()) {
          if (slot.numEnd <= head.length) assert.equal(after[carried[index]!]?.numStart, slot.numStart)
          if (slot.numStart >= head.length + was.length) {
            assert.equal(after[carried[index]!]?.numStart, slot.numStart + now.length - was.length)
          }
        }
      }),
    )
  })
})
