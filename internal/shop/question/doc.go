// Package question is the room of what an accountant asks the people of a company about a day (question au client): a thread of short messages
// on a sheet or on an entry, asked, answered with a photo or a PDF if need be, and closed by who asked. Messages are kept as they were said,
// with the name of who said them; a thread that is closed stays readable.
//
// Who asks holds question.ask; who is asked holds question.answer. A member of the firm, and whoever asked, stand on the asking side of a
// thread; the others answer. It posts nothing, and names accounts nowhere.
//
// Tables: question, question_message; of the directory, question_count: how many threads of each company are open.
package question
