export { dropWishes, offersWithNewPictures, wantPictures } from './want-pictures';
export { fetchDuePictures, pictureLimits, type OwnPicture, type OwnPictures, type PictureFault } from './fetch-pictures';
export { announceDuePictures, carryOutPictures } from './pictures-queue';
export { getPictureProgress, retryPictures } from './picture-progress';
export { addPictures, listPictures, MOST_PICTURES, readPicture, removePicture, showFirst, type PictureRefusal } from './pictures';
export type * from './views';
