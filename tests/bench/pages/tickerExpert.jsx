// The ticker by an expert's own hand.
import { BoardStore, serveBoard } from './expertBoard.jsx';

serveBoard(new BoardStore());
