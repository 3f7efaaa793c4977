import type { Module } from '../../platform/action/action.ts'
import { amendmentRecord } from './amendment.ts'
import { compareListsAnswer } from './compare.queries.ts'
import { getReviewAnswer, reviewProgressAnswer } from './draft.queries.ts'
import {
  amendClausesAction,
  amendDraftAction,
  confirmDraftsAction,
  mergeDraftsAction,
  rejectDraftsAction,
  restoreDraftsAction,
  spanDraftAction,
  splitDraftAction,
} from './draft.ts'
import { openDraftsAction } from './draft-opening.ts'
import { dutyFacts, refoldDuties } from './duty.facts.ts'
import { listDutiesAnswer, myDutiesAnswer } from './duty.queries.ts'
import {
  declineDutyAction,
  extendDutyAction,
  openDutyAction,
  postponeDutyAction,
  reopenDutyAction,
  reportDutyAction,
  resumeDutyAction,
  returnDutyAction,
  submitDutyAction,
  suspendDutyAction,
  takeOnDutiesAction,
  verifyDutyAction,
} from './duty.ts'
import { listGoldAnswer, markedGoldFile } from './gold.queries.ts'
import { getSheetAnswer, listInstructionsAnswer } from './instruction.queries.ts'
import { instructionRecord, recordInstructionAction } from './instruction.ts'
import { dutyEventRecord, dutyRecord } from './life.ts'
import { listRecord } from './list.facts.ts'
import { getListAnswer, listListsAnswer } from './list.queries.ts'
import { assignDraftsAction, issueListAction, openListAction } from './list.ts'
import { getOpinionAnswer, openOpinionAction } from './opinion.ts'
import { amendDutyAction, assignDutiesAction, transferDutyAction, withdrawDutyAction } from './ownership.ts'
import { listBriefAnswer, listPaperAnswer, sheetPaperAnswer } from './paper.queries.ts'
import { getDutyAnswer } from './timeline.ts'
import { draftWorkbookAnswer, listWorkbookAnswer } from './workbook.queries.ts'

/** Drafts from documents, the year's responsibility list, duties and what happens to them, leaders' instructions. */
export const duties: Module = {
  name: 'duties',
  actions: [
    openDraftsAction,
    amendDraftAction,
    confirmDraftsAction,
    rejectDraftsAction,
    mergeDraftsAction,
    splitDraftAction,
    spanDraftAction,
    restoreDraftsAction,
    amendClausesAction,
    assignDraftsAction,
    openOpinionAction,
    openListAction,
    issueListAction,
    recordInstructionAction,
    openDutyAction,
    assignDutiesAction,
    amendDutyAction,
    withdrawDutyAction,
    takeOnDutiesAction,
    declineDutyAction,
    reportDutyAction,
    submitDutyAction,
    verifyDutyAction,
    returnDutyAction,
    postponeDutyAction,
    extendDutyAction,
    suspendDutyAction,
    resumeDutyAction,
    transferDutyAction,
    reopenDutyAction,
  ],
  queries: [
    getReviewAnswer,
    reviewProgressAnswer,
    getOpinionAnswer,
    listGoldAnswer,
    markedGoldFile,
    listListsAnswer,
    getListAnswer,
    compareListsAnswer,
    listDutiesAnswer,
    myDutiesAnswer,
    getDutyAnswer,
    listInstructionsAnswer,
    getSheetAnswer,
    listPaperAnswer,
    listBriefAnswer,
    sheetPaperAnswer,
    listWorkbookAnswer,
    draftWorkbookAnswer,
  ],
  records: [listRecord, dutyRecord, dutyEventRecord, amendmentRecord, instructionRecord],
  facts: [dutyFacts],
  refolds: [refoldDuties],
}
