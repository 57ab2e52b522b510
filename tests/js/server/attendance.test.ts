import { describe, expect, it } from 'vitest';
import { Attendance } from '../../../js/src/server/attendance.js';

describe('Attendance', () => {
  it('names a user once, until the last of their connections has gone', () => {
    const attendance = new Attendance();
    attendance.change('board', 'ada', 1);
    attendance.change('board', 'ada', 1);
    attendance.change('board', 'bob', 1);
    expect(attendance.of('board')).toEqual(['ada', 'bob']);
    attendance.change('board', 'ada', -1);
    expect(attendance.of('board')).toEqual(['ada', 'bob']);
    attendance.change('board', 'ada', -1);
    expect(attendance.of('board')).toEqual(['bob']);
  });

  it('forgets a stream when its only connection has gone, and nobody for another one', () => {
    const attendance = new Attendance();
    attendance.change('inbox', 'ada', 1);
    attendance.change('inbox', 'bob', -1);
    expect(attendance.of('inbox')).toEqual(['ada']);
    attendance.change('inbox', 'ada', -1);
    expect(attendance.of('inbox')).toEqual([]);
  });

  it('takes nobody for less than absent', () => {
    const attendance = new Attendance();
    attendance.change('board', 'ada', -1);
    attendance.change('board', 'ada', 1);
    expect(attendance.of('board')).toEqual(['ada']);
  });

  it('knows of nobody elsewhere, nor after it was cleared', () => {
    const attendance = new Attendance();
    attendance.change('board', 'ada', 1);
    expect(attendance.of('chat')).toEqual([]);
    attendance.clear();
    expect(attendance.of('board')).toEqual([]);
  });
});
